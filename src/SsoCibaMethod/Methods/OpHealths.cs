using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>Whether each method's OP answers. It outlives the method's settings: an outage does not end, or begin anew, because somebody edits them.</summary>
internal sealed class OpHealths(TimeProvider time, ILogger<CibaHandler> logger)
{
    private readonly ConcurrentDictionary<string, OpHealth> _health = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProviderMetadataResult.Usable> _read = new(StringComparer.Ordinal);

    public OpHealth Of(string scheme) => _health.GetOrAdd(scheme, static _ => new OpHealth());

    /// <summary>Tells of an outage that is over, if it is.</summary>
    public void Look(string scheme, OpHealth health, TimeSpan now)
    {
        if (health.ComesBack(now) is { } away)
        {
            logger.OpBack(scheme, away.TotalSeconds);
        }
    }

    /// <summary>Looks at all of them, so that an outage ends also where no login asks any more. One caller at a time.</summary>
    /// <param name="methods">The methods as they stand; metadata that came from the OP since the last look is an answer of it.</param>
    public void Look(IEnumerable<CibaMethod> methods)
    {
        var now = time.GetElapsedTime(0);
        foreach (var method in methods.Where(HasNews))
        {
            Of(method.Scheme).Answers(now);
        }

        foreach (var (scheme, health) in _health)
        {
            Look(scheme, health, now);
            if (health.IsGivenUp(now))
            {
                logger.OpUnasked(scheme);
            }
        }
    }

    // A refresh that failed leaves the same one; a document on disk tells nothing of the OP.
    private bool HasNews(CibaMethod method)
    {
        if (method is not { HasClient: true, Options.ProviderMetadata: null } || method.Client.Provider.Last is not ProviderMetadataResult.Usable usable)
        {
            return false;
        }

        var isNew = _read.GetValueOrDefault(method.Scheme) is not { } before || !ReferenceEquals(before, usable);
        _read[method.Scheme] = usable;
        return isNew;
    }
}
