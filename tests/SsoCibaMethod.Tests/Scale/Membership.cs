namespace SsoCibaMethod.Tests.Scale;

/// <summary>A node under one of its names.</summary>
internal sealed class Membership(string name, SimulatedNode node)
{
    public string Name => name;

    public SimulatedNode Node => node;

    /// <summary>Since when it gives no sign of life; <see langword="null"/> while it does.</summary>
    public TimeSpan? GoneSince { get; set; }
}
