using System.Runtime.CompilerServices;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>A test in a real browser; see <see cref="BrowserParts"/> for what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute([CallerMemberName] string test = "")
    {
        if (BrowserParts.ReasonToSkip is { } reason)
        {
            // The runner prints names only, so the name says what is missing.
            (Skip, DisplayName) = (reason, $"{test}: {reason}");
        }
    }
}

/// <inheritdoc cref="BrowserFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute([CallerMemberName] string test = "")
    {
        if (BrowserParts.ReasonToSkip is { } reason)
        {
            // The runner prints names only, so the name says what is missing.
            (Skip, DisplayName) = (reason, $"{test}: {reason}");
        }
    }
}
