using Microsoft.AspNetCore.Http;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Methods;

/// <summary>The settings a method had before, as long as a login that began with them may be under way.</summary>
internal sealed class FormerMethods(TimeProvider time)
{
    // What comes beside the waiting itself: the request, its repetition, the judging of tokens, the page that tells how it ended.
    private static readonly TimeSpan Beside = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private volatile (CibaMethod Method, DateTimeOffset Until)[] _all = [];

    /// <summary>Keeps a method that another, or none, has taken the place of.</summary>
    public void Add(CibaMethod method)
    {
        // A login may wait for a user code, for the approval and for its browser, each as long as a login lives.
        var until = time.GetUtcNow() + (3 * method.Options.MaximumLifetime) + Beside;
        lock (_gate)
        {
            _all = [(method.Retire(), until), .. Living()];
        }
    }

    /// <summary>The settings a login may have begun with, the newest first.</summary>
    public IEnumerable<CibaMethod> Of(PendingLogin login) => Living().Select(former => former.Method).Where(method => method.Scheme == login.Method && method.Began(login));

    /// <summary>The newest settings of a method by which its page was at an address.</summary>
    public CibaMethod? At(string scheme, PathString path) =>
        Living().Select(former => former.Method).FirstOrDefault(method => method.Scheme == scheme && path.StartsWithSegments(method.Options.CallbackPath));

    /// <summary>Whether there are any of a method.</summary>
    public bool Has(string scheme) => _all.Length > 0 && Living().Any(former => former.Method.Scheme == scheme);

    /// <summary>Where the page of a method was.</summary>
    public IReadOnlyList<PathString> PathsOf(CibaMethod method) =>
        [.. Living().Where(former => former.Method.Scheme == method.Scheme).Select(former => former.Method.Options.CallbackPath).Where(path => path != method.Options.CallbackPath).Distinct()];

    private IEnumerable<(CibaMethod Method, DateTimeOffset Until)> Living()
    {
        var now = time.GetUtcNow();
        return _all.Where(former => former.Until > now);
    }
}
