using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Hosting;

/// <summary>The in-memory store, failing as a test wants it.</summary>
internal sealed class TroubledStore : IPendingLoginStore
{
    private InMemoryPendingLoginStore? _store;

    public Func<PendingLoginRecord?, PendingLoginRecord?> OnRead { get; set; } = record => record;

    /// <summary>Sees each change before it is made, and may throw.</summary>
    public Action<PendingLoginRecord> OnReplace { get; set; } = _ => { };

    /// <summary>Sees what was taken over, and may throw: then the answer is lost.</summary>
    public Action<IReadOnlyList<PendingLoginRecord>> OnClaimed { get; set; } = _ => { };

    /// <summary>Sees each change after it was made, and may throw: then the answer is lost.</summary>
    public Action<PendingLoginRecord> OnReplaced { get; set; } = _ => { };

    public bool IsDown { get; set; }

    private InMemoryPendingLoginStore Store => IsDown ? throw new IOException("The database is down.") : _store!;

    public void Register(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IPendingLoginStore>(services => On(services.GetRequiredService<TimeProvider>()));

    public TroubledStore On(TimeProvider time)
    {
        _store = new InMemoryPendingLoginStore(time);
        return this;
    }

    public Task<bool> CreateAsync(PendingLoginRecord record, CancellationToken cancellationToken) => Store.CreateAsync(record, cancellationToken);

    public async Task<PendingLoginRecord?> ReadAsync(string id, CancellationToken cancellationToken) => OnRead(await Store.ReadAsync(id, cancellationToken));

    public async Task<bool> ReplaceAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        OnReplace(record);
        var isReplaced = await Store.ReplaceAsync(record, cancellationToken);
        OnReplaced(record);
        return isReplaced;
    }

    public Task WaitForChangeAsync(string id, long versionSeen, CancellationToken cancellationToken) => Store.WaitForChangeAsync(id, versionSeen, cancellationToken);

    public Task<PendingLoginRecord?> FindByNotificationTokenHashAsync(string tokenHash, CancellationToken cancellationToken) => Store.FindByNotificationTokenHashAsync(tokenHash, cancellationToken);

    public Task PingAsync(string id, CancellationToken cancellationToken) => Store.PingAsync(id, cancellationToken);

    public IAsyncEnumerable<PendingLoginNews> WatchAsync(string node, CancellationToken cancellationToken) => Store.WatchAsync(node, cancellationToken);

    public Task<bool> HeartbeatAsync(string node, TimeSpan lease, bool isNew, CancellationToken cancellationToken) => Store.HeartbeatAsync(node, lease, isNew, cancellationToken);

    public async Task<IReadOnlyList<PendingLoginRecord>> ClaimAsync(string node, int maximum, CancellationToken cancellationToken)
    {
        var claimed = await Store.ClaimAsync(node, maximum, cancellationToken);
        OnClaimed(claimed);
        return claimed;
    }

    public Task HandOverAsync(string node, IReadOnlyCollection<string> kept, CancellationToken cancellationToken) => Store.HandOverAsync(node, kept, cancellationToken);

    public Task ReleaseAsync(string node, CancellationToken cancellationToken) => Store.ReleaseAsync(node, cancellationToken);

    public Task<PendingLoginStarts> FindStartsBeforeAsync(string id, DateTimeOffset since, int maximum, CancellationToken cancellationToken) =>
        Store.FindStartsBeforeAsync(id, since, maximum, cancellationToken);

    public Task<int> DeleteExpiredAsync(CancellationToken cancellationToken) => Store.DeleteExpiredAsync(cancellationToken);
}
