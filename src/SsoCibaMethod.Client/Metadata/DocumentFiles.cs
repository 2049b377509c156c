namespace SsoCibaMethod.Client;

/// <summary>The documents on disk, as they stood when they were read last; at most one look a second. Whoever uses it sees to it that one caller does at a time.</summary>
internal sealed class DocumentFiles(ProviderMetadataSettings settings, TimeProvider time)
{
    private static readonly TimeSpan LeastTimeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly string[] _paths = [.. new[] { settings.MetadataFile, settings.KeysFile }.OfType<string>()];

    private string? _read;
    private long _lookedAt;

    /// <summary>Whether there are any.</summary>
    public bool IsAny => _paths.Length > 0;

    public string Stamp() => FileStamps.Of(_paths);

    /// <summary>Says what state of them was read, as it was before the reading.</summary>
    public void WereRead(string stamp) => (_read, _lookedAt) = (stamp, time.GetTimestamp());

    public bool HaveChanged()
    {
        if (!IsAny || time.GetElapsedTime(_lookedAt) < LeastTimeBetweenLooks)
        {
            return false;
        }

        _lookedAt = time.GetTimestamp();
        return Stamp() != _read;
    }
}
