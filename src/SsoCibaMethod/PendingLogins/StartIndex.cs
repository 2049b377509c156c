namespace SsoCibaMethod.PendingLogins;

/// <summary>Which records count together, by the hash they have in common, in the order in which they were added.</summary>
internal sealed class StartIndex
{
    private readonly Dictionary<string, List<string>> _ids = new(StringComparer.Ordinal);

    /// <summary>Counts a record by another hash than before; <see langword="null"/> is none.</summary>
    public void Move(string id, string? before, string? after)
    {
        if (before == after)
        {
            return;
        }

        if (before is not null && _ids.TryGetValue(before, out var old) && old.Remove(id) && old.Count == 0)
        {
            _ = _ids.Remove(before);
        }

        if (after is not null)
        {
            if (!_ids.TryGetValue(after, out var ids))
            {
                // Mostly the only one.
                _ids[after] = ids = new List<string>(1);
            }

            ids.Add(id);
        }
    }

    /// <summary>The records before one that counts by a hash, the newest first.</summary>
    public IEnumerable<string> Before(string? hash, string id)
    {
        if (hash is null || !_ids.TryGetValue(hash, out var ids))
        {
            yield break;
        }

        for (var i = ids.LastIndexOf(id) - 1; i >= 0; i--)
        {
            yield return ids[i];
        }
    }
}
