namespace SsoCibaMethod.PendingLogins;

/// <summary>Which records count together, by the hash they have in common, in the order in which they were added.</summary>
internal sealed class StartIndex
{
    // Mostly there is one, and a list for it would be larger than the rest.
    private readonly Dictionary<string, Start> _newest = new(StringComparer.Ordinal);

    /// <summary>Counts a record by another hash than before; <see langword="null"/> is none.</summary>
    public void Move(string id, string? before, string? after)
    {
        if (before == after)
        {
            return;
        }

        if (before is not null)
        {
            Remove(before, id);
        }

        if (after is not null)
        {
            _newest[after] = new Start(id, _newest.GetValueOrDefault(after));
        }
    }

    /// <summary>The records before one that counts by a hash, the newest first.</summary>
    public IEnumerable<string> Before(string? hash, string id)
    {
        var own = hash is null ? null : _newest.GetValueOrDefault(hash);
        while (own is not null && own.Id != id)
        {
            own = own.Before;
        }

        for (var start = own?.Before; start is not null; start = start.Before)
        {
            yield return start.Id;
        }
    }

    private void Remove(string hash, string id)
    {
        Start? after = null;
        for (var start = _newest.GetValueOrDefault(hash); start is not null; (after, start) = (start, start.Before))
        {
            if (start.Id != id)
            {
                continue;
            }

            if (after is not null)
            {
                after.Before = start.Before;
            }
            else if (start.Before is { } next)
            {
                _newest[hash] = next;
            }
            else
            {
                _ = _newest.Remove(hash);
            }

            return;
        }
    }

    private sealed class Start(string id, Start? before)
    {
        public string Id => id;

        public Start? Before { get; set; } = before;
    }
}
