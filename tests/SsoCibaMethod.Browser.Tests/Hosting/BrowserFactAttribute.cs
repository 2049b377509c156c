namespace SsoCibaMethod.Browser.Tests;

/// <summary>A test in a real browser; see <see cref="BrowserParts"/> for what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        Skip = BrowserParts.ReasonToSkip!;
    }
}

/// <inheritdoc cref="BrowserFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        Skip = BrowserParts.ReasonToSkip!;
    }
}
