namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>A clock that is wrong by a known time; what it measures is right.</summary>
internal sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
