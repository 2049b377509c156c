namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A test against the real OP; see <see cref="RealOpParts"/> for what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealOpFactAttribute : FactAttribute
{
    public RealOpFactAttribute()
    {
        Skip = RealOpParts.ReasonToSkip!;
    }
}

/// <inheritdoc cref="RealOpFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealOpTheoryAttribute : TheoryAttribute
{
    public RealOpTheoryAttribute()
    {
        Skip = RealOpParts.ReasonToSkip!;
    }
}
