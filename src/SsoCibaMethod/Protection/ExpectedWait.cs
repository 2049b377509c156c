using System.Collections.Concurrent;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Protection;

/// <summary>How long the logins of a method wait, as their OP last said: what a page counts down from where it must not tell whether the OP has answered yet, or how.</summary>
internal sealed class ExpectedWait
{
    // Before the OP has said anything.
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, TimeSpan> _lifetimes = new(StringComparer.Ordinal);

    public TimeSpan Of(CibaMethod method)
    {
        var lifetime = _lifetimes.GetValueOrDefault(method.Scheme, Usual);
        return lifetime < method.PollSettings.MaximumLifetime ? lifetime : method.PollSettings.MaximumLifetime;
    }

    public void Learn(CibaMethod method, TimeSpan lifetime) => _lifetimes[method.Scheme] = lifetime;
}
