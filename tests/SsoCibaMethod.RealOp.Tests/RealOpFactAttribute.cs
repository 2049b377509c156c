using System.Runtime.CompilerServices;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A test against the real OP; see <see cref="RealOpParts"/> for what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealOpFactAttribute : FactAttribute
{
    public RealOpFactAttribute([CallerMemberName] string test = "")
    {
        if (RealOpParts.ReasonToSkip is { } reason)
        {
            // The runner prints names only, so the name says what is missing.
            (Skip, DisplayName) = (reason, $"{test}: {reason}");
        }
    }
}

/// <inheritdoc cref="RealOpFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealOpTheoryAttribute : TheoryAttribute
{
    public RealOpTheoryAttribute([CallerMemberName] string test = "")
    {
        if (RealOpParts.ReasonToSkip is { } reason)
        {
            // The runner prints names only, so the name says what is missing.
            (Skip, DisplayName) = (reason, $"{test}: {reason}");
        }
    }
}
