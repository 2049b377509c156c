using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SsoCibaMethod.PendingLogins;

/// <summary>Keeps pending logins in the memory of one process.</summary>
internal sealed class InMemoryPendingLoginStore(TimeProvider time) : IPendingLoginStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingLoginRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byTokenHash = new(StringComparer.Ordinal);
    private readonly StartIndex _byHint = new();
    private readonly StartIndex _byAddress = new();
    private readonly Dictionary<string, DateTimeOffset> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource> _changes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Channel<PendingLoginNews>> _watches = new(StringComparer.Ordinal);

    public Task<bool> CreateAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var isNew = _records.TryAdd(record.Id, record);
            if (isNew)
            {
                Index(before: null, record);
            }

            return Task.FromResult(isNew);
        }
    }

    public Task<PendingLoginRecord?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_records.GetValueOrDefault(id));
        }
    }

    public Task<PendingLoginRecord?> FindByNotificationTokenHashAsync(string tokenHash, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_byTokenHash.TryGetValue(tokenHash, out var id) ? _records.GetValueOrDefault(id) : null);
        }
    }

    public Task<bool> ReplaceAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue(record.Id, out var stored) || stored.Version != record.Version - 1)
            {
                return Task.FromResult(false);
            }

            _records[record.Id] = record;
            Index(stored, record);
            Changed(record.Id);
            TellOwner(stored, isPing: false);
            return Task.FromResult(true);
        }
    }

    public Task PingAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_records.TryGetValue(id, out var record))
            {
                TellOwner(record, isPing: true);
            }
        }

        return Task.CompletedTask;
    }

    public Task WaitForChangeAsync(string id, long versionSeen, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue(id, out var record) || record.Version != versionSeen)
            {
                return Task.CompletedTask;
            }

            if (!_changes.TryGetValue(id, out var change))
            {
                // Made only when somebody waits.
                _changes[id] = change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return change.Task.WaitAsync(cancellationToken);
        }
    }

    public async IAsyncEnumerable<PendingLoginNews> WatchAsync(string node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = _watches.GetOrAdd(node, _ => Channel.CreateUnbounded<PendingLoginNews>());
        try
        {
            await foreach (var news in watch.Reader.ReadAllAsync(cancellationToken))
            {
                yield return news;
            }
        }
        finally
        {
            _ = _watches.TryRemove(node, out _);
        }
    }

    public Task<bool> HeartbeatAsync(string node, TimeSpan lease, bool isNew, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!isNew && !_leases.ContainsKey(node))
            {
                return Task.FromResult(false);
            }

            _leases[node] = time.GetUtcNow() + lease;
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<PendingLoginRecord>> ClaimAsync(string node, int maximum, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var dead in _leases.Where(lease => lease.Value <= now).Select(lease => lease.Key).ToList())
            {
                _ = _leases.Remove(dead);
            }

            List<PendingLoginRecord> claimed = [];
            foreach (var record in _records.Values.Where(record => IsOpen(record) && (record.Owner is null || !_leases.ContainsKey(record.Owner))).Take(maximum).ToList())
            {
                var taken = record with { Owner = node, Version = record.Version + 1 };
                _records[record.Id] = taken;
                Changed(record.Id);
                claimed.Add(taken);
            }

            return Task.FromResult<IReadOnlyList<PendingLoginRecord>>(claimed);
        }
    }

    public Task HandOverAsync(string node, IReadOnlyCollection<string> kept, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            GiveBack(record => record.Owner == node && record.State == PendingLoginState.Waiting && !kept.Contains(record.Id));
        }

        return Task.CompletedTask;
    }

    public Task ReleaseAsync(string node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _ = _leases.Remove(node);
            GiveBack(record => record.Owner == node);
        }

        return Task.CompletedTask;
    }

    public Task<PendingLoginStarts> FindStartsBeforeAsync(string id, DateTimeOffset since, int maximum, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(new PendingLoginStarts(With(_byHint), With(_byAddress)));
        }

        IReadOnlyList<PendingLoginStart> With(StartIndex starts) => [.. starts.Before(id).Select(before => _records[before])
            .Where(record => record.EndsAt > since).Take(maximum).Select(record => new PendingLoginStart(record.State, record.StartedAt, record.EndsAt))];
    }

    public Task<int> DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var expired = _records.Values.Where(record => record.KeepUntil <= now).ToList();
            foreach (var record in expired)
            {
                _ = _records.Remove(record.Id);
                Index(record, after: null);
                Changed(record.Id);
            }

            return Task.FromResult(expired.Count);
        }
    }

    // Only a login that a node has to bring to its end needs an owner.
    private static bool IsOpen(PendingLoginRecord record) => record.State is PendingLoginState.Starting or PendingLoginState.Waiting;

    private void GiveBack(Func<PendingLoginRecord, bool> which)
    {
        foreach (var record in _records.Values.Where(which).ToList())
        {
            _records[record.Id] = record with { Owner = null, Version = record.Version + 1 };
            Changed(record.Id);
        }
    }

    private void Index(PendingLoginRecord? before, PendingLoginRecord? after)
    {
        if (before?.NotificationTokenHash is { } old && old != after?.NotificationTokenHash)
        {
            _ = _byTokenHash.Remove(old);
        }

        if (after?.NotificationTokenHash is { } hash)
        {
            _byTokenHash[hash] = after.Id;
        }

        _byHint.Move((before ?? after)!.Id, before?.HintHash ?? 0, after?.HintHash ?? 0);
        _byAddress.Move((before ?? after)!.Id, before?.AddressHash ?? 0, after?.AddressHash ?? 0);
    }

    private void TellOwner(PendingLoginRecord record, bool isPing)
    {
        if (record.Owner is { } owner && _watches.TryGetValue(owner, out var watch))
        {
            _ = watch.Writer.TryWrite(new PendingLoginNews(record.Id, isPing));
        }
    }

    private void Changed(string id)
    {
        if (_changes.Remove(id, out var change))
        {
            change.SetResult();
        }
    }
}
