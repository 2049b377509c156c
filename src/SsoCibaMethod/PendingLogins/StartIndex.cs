namespace SsoCibaMethod.PendingLogins;

/// <summary>Which records were started with which hint, in the order in which they were added.</summary>
internal sealed class StartIndex
{
    private readonly Dictionary<string, List<string>> _ids = new(StringComparer.Ordinal);

    public void Add(PendingLoginRecord? record)
    {
        if (record?.HintHash is { } hash)
        {
            if (!_ids.TryGetValue(hash, out var ids))
            {
                _ids[hash] = ids = [];
            }

            ids.Add(record.Id);
        }
    }

    public void Remove(PendingLoginRecord? record)
    {
        if (record?.HintHash is { } hash && _ids.TryGetValue(hash, out var ids) && ids.Remove(record.Id) && ids.Count == 0)
        {
            _ = _ids.Remove(hash);
        }
    }

    /// <summary>The records before one, the newest first; all there are where that one is not among them.</summary>
    public IEnumerable<string> Before(string hash, string id)
    {
        if (!_ids.TryGetValue(hash, out var ids))
        {
            yield break;
        }

        var end = ids.LastIndexOf(id);
        for (var i = (end < 0 ? ids.Count : end) - 1; i >= 0; i--)
        {
            yield return ids[i];
        }
    }
}
