namespace SsoCibaMethod.PostgreSql.Store;

/// <summary>Who waits for a change of which record. News that is older than what a waiter has seen does not wake it.</summary>
internal sealed class ChangeWaits
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Wait>> _waits = new(StringComparer.Ordinal);

    /// <summary>The records that somebody waits for.</summary>
    public IReadOnlyCollection<string> Ids
    {
        get
        {
            lock (_gate)
            {
                return [.. _waits.Keys];
            }
        }
    }

    public Wait Add(string id, long versionSeen)
    {
        lock (_gate)
        {
            var wait = new Wait(this, id, versionSeen);
            if (_waits.TryGetValue(id, out var waits))
            {
                waits.Add(wait);
            }
            else
            {
                _waits[id] = [wait];
            }

            return wait;
        }
    }

    /// <summary>Says which version a record has.</summary>
    /// <param name="id">The record.</param>
    /// <param name="version">Its version; <see langword="null"/> where it is gone.</param>
    public void Tell(string id, long? version)
    {
        lock (_gate)
        {
            foreach (var wait in _waits.GetValueOrDefault(id, []).Where(wait => version is null || version > wait.VersionSeen).ToList())
            {
                wait.End();
            }
        }
    }

    private void Remove(string id, Wait wait)
    {
        lock (_gate)
        {
            if (_waits.TryGetValue(id, out var waits) && waits.Remove(wait) && waits.Count == 0)
            {
                _ = _waits.Remove(id);
            }
        }
    }

    /// <summary>One who waits.</summary>
    public sealed class Wait(ChangeWaits all, string id, long versionSeen) : IDisposable
    {
        private readonly TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long VersionSeen => versionSeen;

        public Task Changed => _change.Task;

        public void End() => _change.TrySetResult();

        public void Dispose() => all.Remove(id, this);
    }
}
