namespace SsoCibaMethod.PendingLogins;

/// <summary>Which records count together, by the hash they have in common, in the order in which they were added.</summary>
internal sealed class StartIndex
{
    private readonly Dictionary<long, string> _newest = [];

    // Mostly there is one with a hash, and then nothing stands here.
    private readonly Dictionary<string, string> _before = new(StringComparer.Ordinal);

    /// <summary>Counts a record by another hash than before; 0 is none.</summary>
    public void Move(string id, long before, long after)
    {
        if (before == after)
        {
            return;
        }

        if (before != 0)
        {
            Remove(before, id);
        }

        if (after != 0)
        {
            Set(_before, id, _newest.GetValueOrDefault(after));
            _newest[after] = id;
        }
    }

    /// <summary>The records before one that counts by a hash, the newest first.</summary>
    public IEnumerable<string> Before(string id)
    {
        while (_before.TryGetValue(id, out var before))
        {
            yield return id = before;
        }
    }

    private void Remove(long hash, string id)
    {
        _ = _before.Remove(id, out var before);
        var after = _newest[hash];
        if (after != id)
        {
            while (_before[after] != id)
            {
                after = _before[after];
            }

            Set(_before, after, before);
        }
        else
        {
            Set(_newest, hash, before);
        }
    }

    private static void Set<TKey>(Dictionary<TKey, string> entries, TKey key, string? id)
        where TKey : notnull
    {
        if (id is null)
        {
            _ = entries.Remove(key);
        }
        else
        {
            entries[key] = id;
        }
    }
}
