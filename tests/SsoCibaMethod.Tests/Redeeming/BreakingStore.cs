using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Redeeming;

/// <summary>The in-memory store with a point before and after each reading and each change, where the running request may be broken off; and it counts what was redeemed.</summary>
internal sealed class BreakingStore(IPendingLoginStore store) : IPendingLoginStore
{
    private int _redeemed;

    /// <summary>How many records went from approved to redeemed.</summary>
    public int Redeemed => Volatile.Read(ref _redeemed);

    public Task<PendingLoginRecord?> ReadAsync(string id, CancellationToken cancellationToken) => WithPointsAsync("read", () => store.ReadAsync(id, cancellationToken));

    public Task<bool> ReplaceAsync(PendingLoginRecord record, CancellationToken cancellationToken) => WithPointsAsync("replace", async () =>
    {
        var isReplaced = await store.ReplaceAsync(record, cancellationToken);
        if (isReplaced && record.State == PendingLoginState.Redeemed)
        {
            _ = Interlocked.Increment(ref _redeemed);
        }

        return isReplaced;
    });

    public Task<bool> CreateAsync(PendingLoginRecord record, CancellationToken cancellationToken) => store.CreateAsync(record, cancellationToken);

    public Task<PendingLoginRecord?> FindByNotificationTokenHashAsync(string tokenHash, CancellationToken cancellationToken) => store.FindByNotificationTokenHashAsync(tokenHash, cancellationToken);

    public Task WaitForChangeAsync(string id, long versionSeen, CancellationToken cancellationToken) => store.WaitForChangeAsync(id, versionSeen, cancellationToken);

    public Task PingAsync(string id, CancellationToken cancellationToken) => store.PingAsync(id, cancellationToken);

    public IAsyncEnumerable<PendingLoginNews> WatchAsync(string node, CancellationToken cancellationToken) => store.WatchAsync(node, cancellationToken);

    public Task<bool> HeartbeatAsync(string node, TimeSpan lease, bool isNew, CancellationToken cancellationToken) => store.HeartbeatAsync(node, lease, isNew, cancellationToken);

    public Task<IReadOnlyList<PendingLoginRecord>> ClaimAsync(string node, int maximum, CancellationToken cancellationToken) => store.ClaimAsync(node, maximum, cancellationToken);

    public Task HandOverAsync(string node, IReadOnlyCollection<string> kept, CancellationToken cancellationToken) => store.HandOverAsync(node, kept, cancellationToken);

    public Task ReleaseAsync(string node, CancellationToken cancellationToken) => store.ReleaseAsync(node, cancellationToken);

    public Task<PendingLoginStarts> FindStartsBeforeAsync(string id, DateTimeOffset since, int maximum, CancellationToken cancellationToken) =>
        store.FindStartsBeforeAsync(id, since, maximum, cancellationToken);

    public Task<int> DeleteExpiredAsync(CancellationToken cancellationToken) => store.DeleteExpiredAsync(cancellationToken);

    private static async Task<T> WithPointsAsync<T>(string what, Func<Task<T>> callAsync)
    {
        await BreakPlan.PassAsync($"before a {what}");
        var answer = await callAsync();
        await BreakPlan.PassAsync($"after a {what}");
        return answer;
    }
}
