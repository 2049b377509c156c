namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>What lies between the application and the OP: it can keep requests to itself for a while.</summary>
public sealed class Wire() : DelegatingHandler(new SocketsHttpHandler())
{
    private TaskCompletionSource? _held;

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref _held, null)?.SetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_held is { } held && request.Method == HttpMethod.Post)
        {
            await held.Task.WaitAsync(cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
