using System.Collections.Frozen;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>
/// All methods, read and validated aside and swapped in as one reference. It is also where the handler takes its options from: a remote handler's
/// options are read on every request of the host, and through the plain pipeline one bad reload would answer 500 to all of them.
/// </summary>
internal sealed class CibaMethodCatalog : IOptionsMonitor<CibaOptions>, IDisposable
{
    private readonly IReadOnlyList<CibaMethodRegistration> _registrations;
    private readonly IReadOnlyList<IConfigureOptions<CibaOptions>> _configure;
    private readonly IReadOnlyList<IPostConfigureOptions<CibaOptions>> _postConfigure;
    private readonly IReadOnlyList<IValidateOptions<CibaOptions>> _validate;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Dictionary<string, (string Settings, IReadOnlyDictionary<string, FileStamp> Files)> _readFrom = new(StringComparer.Ordinal);
    private readonly IConfiguration? _configuration;
    private readonly IAuthenticationConfigurationProvider? _framework;

    private int _told;
    private volatile FrozenDictionary<string, CibaMethod>? _methods;

    public CibaMethodCatalog(
        IEnumerable<CibaMethodRegistration> registrations,
        IEnumerable<IConfigureOptions<CibaOptions>> configure,
        IEnumerable<IPostConfigureOptions<CibaOptions>> postConfigure,
        IEnumerable<IValidateOptions<CibaOptions>> validate,
        TimeProvider time,
        ILogger<CibaHandler> logger,
        IConfiguration? configuration = null,
        IAuthenticationConfigurationProvider? framework = null)
    {
        _registrations = [.. registrations];
        _configure = [.. configure];
        _postConfigure = [.. postConfigure];
        _validate = [.. validate];
        _time = time;
        _logger = logger;
        _configuration = configuration;
        _framework = framework;

        // Every section lives in the same configuration, which tells of any change once.
        var reload = _registrations.FirstOrDefault(registration => registration.IsFromFile)?.Section as IConfiguration ?? framework?.AuthenticationConfiguration;
        if (reload is not null)
        {
            _subscriptions.Add(ChangeToken.OnChange(reload.GetReloadToken, Reload));
        }
    }

    public IEnumerable<CibaMethod> All => Methods.Values;

    public CibaOptions CurrentValue => Get(CibaDefaults.AuthenticationScheme);

    private FrozenDictionary<string, CibaMethod> Methods
    {
        get
        {
            if (_methods is null)
            {
                lock (_gate)
                {
                    _methods ??= ReadAll(previous: null);
                }
            }

            return _methods;
        }
    }

    public CibaMethod? Find(string scheme) => Methods.GetValueOrDefault(scheme);

    public CibaOptions Get(string? name) =>
        Methods.GetValueOrDefault(name ?? CibaDefaults.AuthenticationScheme)?.Options ?? new CibaOptions { Enabled = false };

    public IDisposable? OnChange(Action<CibaOptions, string?> listener) => null;

    /// <summary>Whether this is the first call: what happens on every request is told once.</summary>
    public bool TellOnce() => Interlocked.Exchange(ref _told, 1) == 0;

    /// <summary>The faults of methods configured in code: the host must not start with them.</summary>
    public IEnumerable<string> FaultsInCode() => _registrations
        .Where(registration => !registration.IsFromFile)
        .SelectMany(registration => Methods[registration.Scheme].Faults);

    /// <summary>Reads methods again whose keys, secrets or documents were replaced.</summary>
    public void ReadChangedFiles()
    {
        var isChanged = false;
        lock (_gate)
        {
            isChanged = _methods is not null && _readFrom.Values.Any(read => IsChanged(read.Files));
        }

        if (isChanged)
        {
            Reload();
        }
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    private void Reload()
    {
        lock (_gate)
        {
            if (_methods is { } previous)
            {
                _methods = ReadAll(previous);
            }
        }
    }

    private FrozenDictionary<string, CibaMethod> ReadAll(FrozenDictionary<string, CibaMethod>? previous)
    {
        var read = _registrations.Select(registration => Read(registration, previous?.GetValueOrDefault(registration.Scheme)))
            .ToDictionary(method => method.Scheme, StringComparer.Ordinal);
        foreach (var method in read.Values.ToList())
        {
            if (Overlap(method, read.Values) is { } overlap)
            {
                read[method.Scheme] = CibaMethod.SwitchedOff(method.Scheme, method.Options, [.. method.Faults, overlap]);
            }
        }

        foreach (var method in read.Values.Where(method => method.Faults.Count > 0 && previous?.GetValueOrDefault(method.Scheme) != method).ToList())
        {
            foreach (var fault in method.Faults)
            {
                _logger.MethodFault(fault);
            }

            var isThere = _registrations.First(registration => registration.Scheme == method.Scheme) is not { Section: { } section } || section.AsEnumerable().Any(entry => entry.Value is not null);
            if (isThere && previous?.GetValueOrDefault(method.Scheme) is { Faults.Count: 0 } good)
            {
                // A bad edit does no harm: what worked goes on as it was.
                read[method.Scheme] = good;
                _logger.MethodKept(method.Scheme);
            }
        }

        foreach (var method in read.Values.Where(method => method.Faults.Count == 0 && method.Options.ClientAuthentication.Audience != ClientAssertionAudience.Issuer
            && previous?.GetValueOrDefault(method.Scheme) != method))
        {
            _logger.AudienceIsEndpoint(method.Scheme);
        }

        foreach (var method in read.Values.Where(method => previous?.GetValueOrDefault(method.Scheme) is { } before && before != method))
        {
            _logger.MethodRead(method.Scheme);
        }

        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // A change of configuration is mostly somebody else's. A method whose sections and files are what they were stays the one it is, with its connections.
    private CibaMethod Read(CibaMethodRegistration registration, CibaMethod? previous)
    {
        var settings = string.Join('\n', registration.Sections(_configuration, _framework).SelectMany(section => section.AsEnumerable()).Select(entry => $"{entry.Key}={entry.Value}"));
        if (previous is not null && _readFrom.TryGetValue(registration.Scheme, out var read) && read.Settings == settings && !IsChanged(read.Files))
        {
            return previous;
        }

        try
        {
            var method = Read(registration.Scheme);
            _readFrom[registration.Scheme] = (settings, FilesToWatch(method));
            return method;
        }
        catch (Exception exception) when (registration.IsFromFile)
        {
            // What no rule foresaw must not take the whole host down.
            _readFrom[registration.Scheme] = (settings, new Dictionary<string, FileStamp>());
            return CibaMethod.SwitchedOff(
                registration.Scheme, new CibaOptions { CallbackPath = CibaDefaults.CallbackPath(registration.Scheme) }, [$"Method {registration.Scheme}: {exception.Message}"]);
        }
    }

    // Mending any of its files may be what opens a method with faults.
    private static IReadOnlyDictionary<string, FileStamp> FilesToWatch(CibaMethod method) => method.Faults.Count == 0
        ? method.Options.FilesSeen
        : new Dictionary<string, FileStamp>(method.Options.FilesSeen.UnionBy(method.Options.FilesOfUsers, file => file.Key, StringComparer.Ordinal), StringComparer.Ordinal);

    // A file that was replaced under its name is a change too.
    private static bool IsChanged(IReadOnlyDictionary<string, FileStamp> files) => files.Any(file => FileStamp.Of(file.Key) != file.Value);

    private CibaMethod Read(string scheme)
    {
        var options = new CibaOptions();
        foreach (var configure in _configure)
        {
            if (configure is IConfigureNamedOptions<CibaOptions> named)
            {
                named.Configure(scheme, options);
            }
        }

        foreach (var postConfigure in _postConfigure)
        {
            postConfigure.PostConfigure(scheme, options);
        }

        var faults = _validate.Select(validate => validate.Validate(scheme, options)).Where(result => result.Failed).SelectMany(result => result.Failures!).ToList();
        if (options.CallbackPath.Value?.EndsWith('/') == true)
        {
            // It would take the host's own pages.
            options.CallbackPath = CibaDefaults.CallbackPath(scheme);
        }

        return faults.Count == 0 ? CibaMethod.Create(scheme, options, _time, _logger) : CibaMethod.SwitchedOff(scheme, options, faults);
    }

    private static string? Overlap(CibaMethod method, IEnumerable<CibaMethod> all)
    {
        var other = all.FirstOrDefault(other => other != method && other.Scheme != method.Scheme
            && (method.Options.CallbackPath.StartsWithSegments(other.Options.CallbackPath) || other.Options.CallbackPath.StartsWithSegments(method.Options.CallbackPath)));
        return other is null ? null : $"Method {method.Scheme}: CallbackPath {method.Options.CallbackPath} overlaps with that of the method {other.Scheme}; give each its own.";
    }
}
