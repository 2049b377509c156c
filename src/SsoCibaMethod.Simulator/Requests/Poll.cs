namespace SsoCibaMethod.Simulator.Requests;

/// <summary>One poll from its arrival to its answer; while it is open, a second one of the same id overlaps it.</summary>
internal sealed class Poll(RequestBook book, BackchannelRequest request, bool early) : IDisposable
{
    public BackchannelRequest Request => request;

    /// <summary>Holds the answer of a pending request back until something is decided, the time is up (long polling, CIBA Core §10.1) or the host stops.</summary>
    public async Task HoldAsync(TimeSpan longest, TimeProvider time, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var left = request.ExpiresAt - time.GetUtcNow();
        var held = left < longest ? left : longest;
        if (held > TimeSpan.Zero && !book.WouldSlowDown(early))
        {
            using var answered = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
            await Task.WhenAny(request.Decided, Task.Delay(held, time, answered.Token));
            await answered.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void TellEnd() => book.TellEnd(request);

    public PollAnswer Answer() => book.AnswerPoll(request, early);

    public void Dispose() => book.EndPoll(request);
}
