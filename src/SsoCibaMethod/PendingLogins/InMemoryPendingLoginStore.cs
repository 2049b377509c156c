using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SsoCibaMethod.PendingLogins;

/// <summary>Keeps pending logins in the memory of one process.</summary>
internal sealed class InMemoryPendingLoginStore(TimeProvider time) : IPendingLoginStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingLoginRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource> _changes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Channel<string>> _watches = new(StringComparer.Ordinal);

    public Task<bool> CreateAsync(PendingLoginRecord record, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_records.TryAdd(record.Id, record));
        }
    }

    public Task<PendingLoginRecord?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_records.GetValueOrDefault(id));
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
            Changed(record.Id);
            if (stored.Owner is { } owner && _watches.TryGetValue(owner, out var watch))
            {
                _ = watch.Writer.TryWrite(record.Id);
            }

            return Task.FromResult(true);
        }
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

    public async IAsyncEnumerable<string> WatchAsync(string node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = _watches.GetOrAdd(node, _ => Channel.CreateUnbounded<string>());
        try
        {
            await foreach (var id in watch.Reader.ReadAllAsync(cancellationToken))
            {
                yield return id;
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

    public Task ReleaseAsync(string node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _ = _leases.Remove(node);
            foreach (var record in _records.Values.Where(record => record.Owner == node).ToList())
            {
                _records[record.Id] = record with { Owner = null, Version = record.Version + 1 };
                Changed(record.Id);
            }
        }

        return Task.CompletedTask;
    }

    public Task<int> DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var expired = _records.Values.Where(record => record.KeepUntil <= now).Select(record => record.Id).ToList();
            foreach (var id in expired)
            {
                _ = _records.Remove(id);
                Changed(id);
            }

            return Task.FromResult(expired.Count);
        }
    }

    // Only a login that a node has to bring to its end needs an owner.
    private static bool IsOpen(PendingLoginRecord record) => record.State is PendingLoginState.Starting or PendingLoginState.Waiting;

    private void Changed(string id)
    {
        if (_changes.Remove(id, out var change))
        {
            change.SetResult();
        }
    }
}
