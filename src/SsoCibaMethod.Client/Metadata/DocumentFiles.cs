namespace SsoCibaMethod.Client;

/// <summary>The documents on disk, as they stood when they were read last; at most one look a second, by one caller, for a network share may take its time.</summary>
internal sealed class DocumentFiles(ProviderMetadataSettings settings, TimeProvider time)
{
    private static readonly TimeSpan LeastTimeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly string[] _paths = [.. new[] { settings.MetadataFile, settings.KeysFile }.OfType<string>()];

    private volatile string? _read;
    private long _lookedAt;
    private int _isLooking;

    /// <summary>Whether there are any.</summary>
    public bool IsAny => _paths.Length > 0;

    public string Stamp() => FileStamps.Of(_paths);

    /// <summary>Says what state of them was read, as it was before the reading.</summary>
    public void WereRead(string stamp)
    {
        _read = stamp;
        Volatile.Write(ref _lookedAt, time.GetTimestamp());
    }

    public bool HaveChanged()
    {
        if (!IsAny || time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < LeastTimeBetweenLooks || Interlocked.Exchange(ref _isLooking, 1) == 1)
        {
            return false;
        }

        var stamp = Stamp();
        Volatile.Write(ref _lookedAt, time.GetTimestamp());
        Volatile.Write(ref _isLooking, 0);
        return stamp != _read;
    }
}
