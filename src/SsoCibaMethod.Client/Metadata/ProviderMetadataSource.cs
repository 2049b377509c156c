namespace SsoCibaMethod.Client;

/// <summary>
/// An OP's metadata and keys: read when first asked for, kept, read again from time to time. Many callers share one fetch.
/// A failed refresh keeps what was good.
/// </summary>
public sealed class ProviderMetadataSource
{
    // How often forged key ids can make us call the OP.
    private static readonly TimeSpan LeastTimeBetweenForcedFetches = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FileRefreshInterval = TimeSpan.FromMinutes(1);

    // While there is something good to use, a failed refresh can wait, and a mismatch stays until somebody mends it; with neither, many logins must not become many requests.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(2);

    private readonly ProviderMetadataSettings _settings;
    private readonly ProviderMetadataLoader _loader;
    private readonly DocumentFiles _files;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    private ProviderMetadataResult? _last;
    private ProviderMetadataResult.Usable? _lastUsable;
    private Task<ProviderMetadataResult>? _fetch;
    private string? _refreshFault;

    private long _fetchedAt;
    private long? _forcedAt;
    private TimeSpan _keepFor;

    /// <summary>Creates the source; nothing is read yet.</summary>
    /// <param name="settings">Where the metadata is and what it must fit.</param>
    /// <param name="backchannel">The HTTP client for the OP; it must not follow redirects.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public ProviderMetadataSource(ProviderMetadataSettings settings, HttpMessageInvoker backchannel, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(backchannel);
        if (settings.MetadataAddress is null == settings.MetadataFile is null)
        {
            throw new ArgumentException("Give a MetadataAddress or a MetadataFile, one of them.", nameof(settings));
        }

        if (settings.MetadataAddress is { } address && !EndpointAddress.IsAllowed(address))
        {
            throw new ArgumentException("The MetadataAddress is not an https address.", nameof(settings));
        }

        _settings = settings;
        _time = time ?? TimeProvider.System;
        _loader = new ProviderMetadataLoader(settings, new ProviderDocuments(backchannel, _time), _time);
        _files = new DocumentFiles(settings, _time);
    }

    /// <summary>Where the metadata comes from, and what it is held against.</summary>
    internal ProviderMetadataSettings Settings => _settings;

    /// <summary>What is known now, without asking anybody; <see langword="null"/> where nothing was read yet.</summary>
    public ProviderMetadataResult? Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>The metadata that could be used last, with which logins under way go on while a mismatch is mended; <see langword="null"/> where there never were any.</summary>
    public ProviderMetadata? LastUsable
    {
        get
        {
            lock (_gate)
            {
                return _lastUsable?.Metadata;
            }
        }
    }

    /// <summary>Why the last refresh brought nothing that can be used, while what was read before stays in use; <see langword="null"/> where it did.</summary>
    public string? RefreshFault
    {
        get
        {
            lock (_gate)
            {
                return _refreshFault;
            }
        }
    }

    /// <summary>The metadata as last read; reads it first where there is none, or it is old.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the fetch that others may wait for too.</param>
    /// <returns>The metadata, or why there is none. An old but good one stands while its refresh fails, not where it finds a mismatch, which is kept for a minute.</returns>
    public ValueTask<ProviderMetadataResult> GetAsync(CancellationToken cancellationToken = default)
    {
        Task<ProviderMetadataResult> fetch;

        // Looked at outside of the gate: polls come through it.
        var haveFilesChanged = _files.HaveChanged();
        lock (_gate)
        {
            if (_last is not null && !IsOld() && !haveFilesChanged)
            {
                return ValueTask.FromResult(_last);
            }

            fetch = Fetch();
            if (_last is ProviderMetadataResult.Usable)
            {
                // Nobody waits for a refresh.
                return ValueTask.FromResult(_last);
            }
        }

        return new ValueTask<ProviderMetadataResult>(fetch.WaitAsync(cancellationToken));
    }

    /// <summary>
    /// The metadata for a login under way: the last that was usable. A login whose user is being asked, or has approved, goes on with the OP it began with
    /// while somebody mends the metadata; a new one, which asks <see cref="GetAsync"/>, has to wait for that.
    /// </summary>
    internal ValueTask<ProviderMetadataResult> GetForLoginUnderWayAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_lastUsable is not null)
            {
                if (IsOld())
                {
                    // Nobody waits for it here.
                    _ = Fetch();
                }

                return ValueTask.FromResult<ProviderMetadataResult>(_lastUsable);
            }
        }

        return GetAsync(cancellationToken);
    }

    /// <summary>
    /// Fetches the keys once more because <paramref name="seen"/> did not verify a token (OpenID Connect Core §10.1.1).
    /// At most one such fetch starts in 30 seconds; a caller that comes earlier waits for the next one.
    /// </summary>
    /// <param name="seen">The metadata that did not do.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Newer metadata, or why there is none.</returns>
    public async ValueTask<ProviderMetadataResult> RefreshKeysAsync(ProviderMetadata seen, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task<ProviderMetadataResult>? fetch = null;
            TimeSpan wait;
            lock (_gate)
            {
                if (_last is ProviderMetadataResult.Usable { Metadata: var current } && !ReferenceEquals(current, seen))
                {
                    return _last;
                }

                wait = _fetch is null && _forcedAt is { } forcedAt ? LeastTimeBetweenForcedFetches - _time.GetElapsedTime(forcedAt) : TimeSpan.Zero;
                if (wait <= TimeSpan.Zero)
                {
                    _forcedAt = _time.GetTimestamp();
                    fetch = Fetch();
                }
            }

            if (fetch is not null)
            {
                return await fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsOld() => _time.GetElapsedTime(_fetchedAt) >= _keepFor;

    // Called with the gate held.
    private Task<ProviderMetadataResult> Fetch() => _fetch ??= Task.Run(FetchAsync);

    private async Task<ProviderMetadataResult> FetchAsync()
    {
        ProviderMetadataResult result;
        var stamp = _files.Stamp();
        try
        {
            result = await _loader.ReadAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A surprise must not stay in the shared task for ever.
            result = new ProviderMetadataResult.Unavailable(exception.Message);
        }

        ClientTelemetry.KeysFetched(_settings.MetadataAddress, result);
        lock (_gate)
        {
            _fetchedAt = _time.GetTimestamp();
            _fetch = null;
            _files.WereRead(stamp);
            _refreshFault = result is ProviderMetadataResult.Unavailable unavailable && _last is ProviderMetadataResult.Usable ? unavailable.Cause : null;
            if (result is not ProviderMetadataResult.Unavailable || _last is not ProviderMetadataResult.Usable)
            {
                _last = result;
                _lastUsable = result as ProviderMetadataResult.Usable ?? _lastUsable;
            }

            _keepFor = _last is ProviderMetadataResult.Unavailable ? FailureKept
                : result is not ProviderMetadataResult.Usable ? RetryInterval
                : _files.IsAny ? FileRefreshInterval : _settings.RefreshInterval;

            return result;
        }
    }
}
