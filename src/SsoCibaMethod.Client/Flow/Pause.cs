namespace SsoCibaMethod.Client;

/// <summary>Waits for an instant of the monotonic clock.</summary>
internal static class Pause
{
    // A timer takes no more than some weeks; whoever waits looks at the clock again anyway.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Returns about when the instant is there, or when the other task is done, if there is one. The caller looks which.</summary>
    public static async Task UntilAsync(Task? other, TimeSpan instant, TimeProvider time, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(Limit(instant - time.GetElapsedTime(0)), time, over.Token);
        _ = await Task.WhenAny(other ?? delay, delay).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>What of a wait a timer takes, rounded up: one that fires early would only come back.</summary>
    public static TimeSpan Limit(TimeSpan wait) =>
        wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
