namespace SsoCibaMethod.Client;

/// <summary>
/// Something read from files and read again when one of them changes; at most one look a second. Content that cannot be used leaves what was read before in use.
/// </summary>
internal sealed class StampedFiles<T>
    where T : class
{
    private static readonly TimeSpan LeastTimeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<string> _paths;
    private readonly Func<T> _read;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    private T _value;
    private string? _fault;
    private string _stamp;
    private long _lookedAt;

    /// <summary>Reads the files for the first time; whatever is wrong with them is thrown.</summary>
    public StampedFiles(IReadOnlyList<string> paths, Func<T> read, TimeProvider time)
    {
        (_paths, _read, _time) = (paths, read, time);
        _lookedAt = time.GetTimestamp();
        _stamp = FileStamps.Of(_paths);
        _value = read();
    }

    /// <summary>Called outside of every lock after a change was read, with the reason where it could not be used.</summary>
    public Action<T, string?>? Changed { get; init; }

    public string? Fault
    {
        get
        {
            lock (_gate)
            {
                return _fault;
            }
        }
    }

    public T Current
    {
        get
        {
            T value;
            string? fault;
            lock (_gate)
            {
                if (!HasNews())
                {
                    return _value;
                }

                (value, fault) = (_value, _fault);
            }

            Changed?.Invoke(value, fault);
            return value;
        }
    }

    // While there is a fault every look tries again: a right given to read the file does not change its stamp.
    private bool HasNews()
    {
        if (_time.GetElapsedTime(_lookedAt) < LeastTimeBetweenLooks)
        {
            return false;
        }

        _lookedAt = _time.GetTimestamp();
        var (stamp, fault) = (_stamp, _fault);
        _stamp = FileStamps.Of(_paths);
        if (_stamp == stamp && fault is null)
        {
            return false;
        }

        Read();
        return _stamp != stamp || _fault != fault;
    }

    private void Read()
    {
        try
        {
            _value = _read();
            _fault = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            _fault = exception.Message;
        }
    }
}
