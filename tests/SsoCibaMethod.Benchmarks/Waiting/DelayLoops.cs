using SsoCibaMethod.Benchmarks.Polls;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>A loop a login around <see cref="Task.Delay(TimeSpan, TimeProvider)"/>, as everyone writes it.</summary>
internal sealed class DelayLoops : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IPollClient _client;
    private readonly Lateness _lateness;
    private readonly Task _running;

    public DelayLoops(IPollClient client, int logins, Lateness lateness)
    {
        (_client, _lateness) = (client, lateness);
        _running = Task.WhenAll(Enumerable.Range(0, logins).Select(login => PollAsync(login, WaitingSide.FirstPollIn(login, logins))).ToList());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _client.Dispose();
    }

    private async Task PollAsync(int login, TimeSpan first)
    {
        for (var wait = first; ; wait = WaitingSide.Interval)
        {
            var begunAt = TimeProvider.System.GetTimestamp();
            await Task.Delay(wait, TimeProvider.System, _stop.Token);
            if (Lateness.IsSampled(login))
            {
                _lateness.Add(TimeProvider.System.GetElapsedTime(begunAt) - wait);
            }

            await _client.PollAsync(login);
        }
    }
}
