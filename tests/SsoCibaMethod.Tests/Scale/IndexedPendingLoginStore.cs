using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>The rules of the in-memory store for leases and claims, with indexes, since a thousand nodes claim each 3 seconds. A test holds it against the original.</summary>
internal sealed class IndexedPendingLoginStore(TimeProvider time) : IPendingLoginStore
{
    private readonly Dictionary<string, PendingLoginRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _owned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ownerless = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _leases = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _leaseEnds = new();
    private readonly PriorityQueue<string, DateTimeOffset> _deletions = new();

    public Task<bool> CreateAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        var isNew = _records.TryAdd(record.Id, record);
        if (isNew)
        {
            Index(null, record);
        }

        return Task.FromResult(isNew);
    }

    public Task<PendingLoginRecord?> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_records.GetValueOrDefault(id));

    public Task<bool> ReplaceAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        var isCurrent = _records.TryGetValue(record.Id, out var stored) && stored.Version == record.Version - 1;
        if (isCurrent)
        {
            Put(stored!, record);
        }

        return Task.FromResult(isCurrent);
    }

    public Task<bool> HeartbeatAsync(string node, TimeSpan lease, bool isNew, CancellationToken cancellationToken)
    {
        var isAlive = isNew || _leases.ContainsKey(node);
        if (isAlive)
        {
            if (!_leases.ContainsKey(node))
            {
                // What it owned under this name while it had no lease is its own again.
                _ownerless.ExceptWith(_owned.GetValueOrDefault(node) ?? []);
            }

            _leases[node] = time.GetUtcNow() + lease;
            _leaseEnds.Enqueue(node, _leases[node]);
        }

        return Task.FromResult(isAlive);
    }

    public Task<IReadOnlyList<PendingLoginRecord>> ClaimAsync(string node, int maximum, CancellationToken cancellationToken)
    {
        while (_leaseEnds.TryPeek(out var name, out var end) && end <= time.GetUtcNow())
        {
            _ = _leaseEnds.Dequeue();
            if (_leases.TryGetValue(name, out var current) && current == end)
            {
                Bury(name);
            }
        }

        List<PendingLoginRecord> claimed = [];
        foreach (var id in _ownerless.Take(maximum).ToList())
        {
            claimed.Add(Put(_records[id], _records[id] with { Owner = node, Version = _records[id].Version + 1 }));
        }

        return Task.FromResult<IReadOnlyList<PendingLoginRecord>>(claimed);
    }

    public Task HandOverAsync(string node, IReadOnlyCollection<string> kept, CancellationToken cancellationToken) =>
        GiveBackAsync(node, record => record.State == PendingLoginState.Waiting && !kept.Contains(record.Id));

    public Task ReleaseAsync(string node, CancellationToken cancellationToken)
    {
        Bury(node);
        return GiveBackAsync(node, _ => true);
    }

    public Task<int> DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (_deletions.TryPeek(out var id, out var end) && end <= time.GetUtcNow())
        {
            _ = _deletions.Dequeue();
            if (_records.TryGetValue(id, out var record) && record.KeepUntil <= time.GetUtcNow() && _records.Remove(id))
            {
                Index(record, null);
                count++;
            }
        }

        return Task.FromResult(count);
    }

    public Task PingAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task WaitForChangeAsync(string id, long versionSeen, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<PendingLoginNews> WatchAsync(string node, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PendingLoginRecord?> FindByNotificationTokenHashAsync(string tokenHash, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PendingLoginStarts> FindStartsBeforeAsync(string id, DateTimeOffset since, int maximum, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static bool IsOpen(PendingLoginRecord? record) => record?.State is PendingLoginState.Starting or PendingLoginState.Waiting;

    private Task GiveBackAsync(string node, Func<PendingLoginRecord, bool> which)
    {
        foreach (var record in (_owned.GetValueOrDefault(node) ?? []).Select(id => _records[id]).Where(which).ToList())
        {
            _ = Put(record, record with { Owner = null, Version = record.Version + 1 });
        }

        return Task.CompletedTask;
    }

    private void Bury(string node)
    {
        _ = _leases.Remove(node);
        _ownerless.UnionWith(_owned.GetValueOrDefault(node) ?? []);
    }

    private PendingLoginRecord Put(PendingLoginRecord before, PendingLoginRecord after)
    {
        _records[after.Id] = after;
        Index(before, after);
        return after;
    }

    private void Index(PendingLoginRecord? before, PendingLoginRecord? after)
    {
        if (IsOpen(before))
        {
            _ = _ownerless.Remove(before!.Id);
            if (before.Owner is { } owner && _owned[owner].Remove(before.Id) && _owned[owner].Count == 0)
            {
                _ = _owned.Remove(owner);
            }
        }

        if (IsOpen(after))
        {
            if (after!.Owner is { } owner)
            {
                if (!_owned.TryGetValue(owner, out var owned))
                {
                    _owned[owner] = owned = new HashSet<string>(StringComparer.Ordinal);
                }

                _ = owned.Add(after.Id);
            }

            if (after.Owner is null || !_leases.ContainsKey(after.Owner))
            {
                _ = _ownerless.Add(after.Id);
            }
        }

        if (after is not null && after.KeepUntil != before?.KeepUntil)
        {
            _deletions.Enqueue(after.Id, after.KeepUntil);
        }
    }
}
