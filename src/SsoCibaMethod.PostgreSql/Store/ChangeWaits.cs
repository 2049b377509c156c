namespace SsoCibaMethod.PostgreSql.Store;

/// <summary>Who waits for a change of which record.</summary>
internal sealed class ChangeWaits
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>What is waited for: the records, each with the version that was seen last.</summary>
    public IReadOnlyDictionary<string, long> Seen
    {
        get
        {
            lock (_gate)
            {
                return _entries.ToDictionary(entry => entry.Key, entry => entry.Value.Seen, StringComparer.Ordinal);
            }
        }
    }

    public Wait Add(string id, long versionSeen)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out var entry))
            {
                _entries[id] = entry = new Entry();
            }

            entry.Count++;
            entry.Seen = Math.Max(entry.Seen, versionSeen);
            return new Wait(this, id, entry);
        }
    }

    /// <summary>Ends every wait for a record.</summary>
    public void Changed(string id)
    {
        lock (_gate)
        {
            if (_entries.Remove(id, out var entry))
            {
                entry.Change.SetResult();
            }
        }
    }

    private void Remove(string id, Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Count == 0 && _entries.GetValueOrDefault(id) == entry)
            {
                _ = _entries.Remove(id);
            }
        }
    }

    /// <summary>One wait.</summary>
    public sealed class Wait(ChangeWaits waits, string id, Entry entry) : IDisposable
    {
        public Task Changed => entry.Change.Task;

        public void Dispose() => waits.Remove(id, entry);
    }

    /// <summary>All waits for one record.</summary>
    public sealed class Entry
    {
        public TaskCompletionSource Change { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Seen { get; set; }

        public int Count { get; set; }
    }
}
