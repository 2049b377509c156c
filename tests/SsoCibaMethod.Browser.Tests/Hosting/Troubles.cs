using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>
/// What may not happen in any tab: an error or a warning in the console (a breach of the content security policy is one), an exception, a failed
/// request, an answer of 5xx, a request to somebody else.
/// </summary>
public sealed class Troubles
{
    // The browser itself ends what a page still waits for when the page goes, and the script what it asked before it woke up.
    private const string Ended = "net::ERR_ABORTED";

    private readonly ConcurrentQueue<string> _all = new();
    private readonly ConcurrentQueue<string> _expected = new();

    public Troubles(IBrowserContext context, Uri application)
    {
        context.Console += (_, message) => Add(message.Type is "error" or "warning" or "assert", $"console {message.Type}: {message.Text} ({message.Location})");
        context.WebError += (_, error) => Add(true, $"exception: {error.Error}");
        context.RequestFailed += (_, request) => Add(request.Failure != Ended, $"failed: {request.Method} {request.Url} {request.Failure}");
        context.Request += (_, request) => Add(!application.IsBaseOf(new Uri(request.Url)), $"somebody else's: {request.Url}");
        context.Response += (_, response) => Add(response.Status >= 500, $"answer {response.Status}: {response.Url}");
    }

    public string All => string.Join(Environment.NewLine, _all.Where(trouble => !_expected.Any(text => trouble.Contains(text, StringComparison.Ordinal))));

    /// <summary>What a test itself brings about.</summary>
    public void Expect(string text) => _expected.Enqueue(text);

    private void Add(bool isTrouble, string what)
    {
        if (isTrouble)
        {
            _all.Enqueue(what);
        }
    }
}
