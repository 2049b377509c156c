using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace SsoCibaMethod.Tests.Hosts;

/// <summary>What stands between the application and the OP, in the hands of a test. It lets everything pass until told otherwise.</summary>
internal sealed class Wire : DelegatingHandler
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ConcurrentQueue<string> _asked = new();

    private (string Endpoint, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer)? _rule;

    /// <summary>Ends when a request is held by <see cref="HoldAsync"/>.</summary>
    public Task Held => _held.Task;

    /// <summary>Answers requests to one endpoint, named by the end of its path, in the place of the OP.</summary>
    public Wire At(string endpoint, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _rule = (endpoint, answer);
        return this;
    }

    public Wire At(string endpoint, int status, string body, string type = "application/json") =>
        At(endpoint, (_, _) => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) }));

    /// <summary>How many requests went to an endpoint, whoever answered.</summary>
    public int Requests(string endpoint) => _asked.Count(path => path.EndsWith(endpoint, StringComparison.Ordinal));

    /// <summary>Lets everything pass again.</summary>
    public void Open() => _rule = null;

    /// <summary>Never answers.</summary>
    public async Task<HttpResponseMessage> HoldAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        _ = _held.TrySetResult();
        var never = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await never.Task.WaitAsync(cancellation);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        _asked.Enqueue(path);
        return _rule is { } rule && path.EndsWith(rule.Endpoint, StringComparison.Ordinal)
            ? rule.Answer(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }
}
