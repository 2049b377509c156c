using System.Collections.Frozen;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Methods;

/// <summary>
/// All methods, read and validated aside and swapped in as one reference. It is also where the handler takes its options from: a remote handler's
/// options are read on every request of the host, and through the plain pipeline one bad reload would answer 500 to all of them.
/// </summary>
internal sealed class CibaMethodCatalog : IOptionsMonitor<CibaOptions>, IDisposable
{
    private readonly CibaMethodRegistrations _registrations;
    private readonly CibaMethodReader _reader;
    private readonly FormerMethods _former;
    private readonly SettingPlaces _places;
    private readonly MethodNews _news;
    private readonly IConfiguration? _configuration;
    private readonly AuthenticationOptions? _authentication;
    private readonly IAuthenticationSchemeProvider? _schemes;
    private readonly Lock _gate = new();
    private readonly List<IDisposable> _subscriptions = [];
    private readonly HashSet<string> _inFile = new(StringComparer.Ordinal);

    private int _told;
    private volatile State? _state;

    public CibaMethodCatalog(
        CibaMethodRegistrations registrations,
        CibaMethodReader reader,
        TimeProvider time,
        ILogger<CibaHandler> logger,
        IConfiguration? configuration = null,
        IAuthenticationConfigurationProvider? framework = null,
        IOptions<AuthenticationOptions>? authentication = null,
        IAuthenticationSchemeProvider? schemes = null)
    {
        _registrations = registrations;
        _reader = reader;
        _former = new FormerMethods(time);
        _places = new SettingPlaces(configuration, framework);
        _news = new MethodNews(logger);
        _configuration = configuration;
        _authentication = authentication?.Value;
        _schemes = schemes;

        // Every section lives in the same configuration, which tells of any change once.
        if ((registrations.Source ?? framework?.AuthenticationConfiguration) is { } source)
        {
            _subscriptions.Add(ChangeToken.OnChange(source.GetReloadToken, Reload));
        }
    }

    public IEnumerable<CibaMethod> All => Current.Methods.Values;

    /// <summary>All that is wrong with the settings as they are written now, whether a method is switched off for it or keeps its last good settings.</summary>
    public IReadOnlyList<SettingFault> Faults =>
    [
        .. Files.Select(file => file.Fault).OfType<SettingFault>(),
        .. Current.Faults.Values.SelectMany(faults => faults),
        .. All.Where(method => method is { IsRetired: false, Certificate.Fault: not null }).Select(CertificateFault),
    ];

    public CibaOptions CurrentValue => Get(CibaDefaults.AuthenticationScheme);

    private IEnumerable<CibaConfigurationProvider> Files => (_configuration as IConfigurationRoot)?.Providers.OfType<CibaConfigurationProvider>() ?? [];

    private State Current
    {
        get
        {
            if (_state is null)
            {
                lock (_gate)
                {
                    _state ??= ReadAll(previous: null);
                    AddSchemes();
                }
            }

            return _state;
        }
    }

    public CibaMethod? Find(string scheme) => Current.Methods.GetValueOrDefault(scheme);

    /// <summary>The method by whose settings a login goes on: as it stands now, else as the login began with it; <see langword="null"/> where this node knows neither.</summary>
    public CibaMethod? FindFor(PendingLogin login)
    {
        // One that certainly is the login's client comes before one that only may be.
        var now = Find(login.Method);
        List<CibaMethod> began = [.. now?.Began(login) == true ? [now] : Array.Empty<CibaMethod>(), .. _former.Of(login)];
        return began.Find(method => method.HasFingerprint(login.Details.ClientFingerprint) == true) ?? began.FirstOrDefault() ?? (now?.IsClientOf(login) == true ? now : null);
    }

    /// <summary>The method whose page is at an address, by its settings now or before.</summary>
    public CibaMethod? FindAt(string scheme, PathString path) =>
        Find(scheme) is { } method && path.StartsWithSegments(method.Options.CallbackPath) ? method : _former.At(scheme, path);

    /// <summary>Whether a login of a method may go on by other settings than those of now.</summary>
    public bool HasFormer(string scheme) => _former.Has(scheme);

    /// <summary>Whether another method, one that takes logins, has its page there.</summary>
    public bool IsOthers(string scheme, PathString path) =>
        All.Any(other => other.Scheme != scheme && !other.IsRetired && path.StartsWithSegments(other.Options.CallbackPath));

    public CibaOptions Get(string? name) => Find(name ?? CibaDefaults.AuthenticationScheme)?.Options ?? new CibaOptions { Enabled = false };

    public IDisposable? OnChange(Action<CibaOptions, string?> listener) => null;

    /// <summary>Whether this is the first call: what happens on every request is told once.</summary>
    public bool TellOnce() => Interlocked.Exchange(ref _told, 1) == 0;

    /// <summary>The faults of methods configured in code: the host must not start with them.</summary>
    public IEnumerable<string> FaultsInCode() => _registrations.All.Where(registration => !registration.IsFromFile).SelectMany(registration => Find(registration.Scheme)!.Faults);

    /// <summary>Reads methods again whose keys, secrets or documents were replaced.</summary>
    public void ReadChangedFiles()
    {
        var isChanged = false;
        lock (_gate)
        {
            isChanged = _state is not null && _reader.HaveFilesChanged();
        }

        if (isChanged)
        {
            Reload();
        }
    }

    /// <summary>Looks at the client certificates, also where nothing is sent: one that cannot be used is told before a login needs it.</summary>
    public void LookAtCertificates()
    {
        foreach (var method in All)
        {
            _ = method.Certificate?.Certificate;
        }
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    private static SettingFault CertificateFault(CibaMethod method) => new(
        $"Method {method.Scheme}: ClientAuthentication:Certificate: {method.Certificate!.Fault}", method.Scheme, "ClientAuthentication:Certificate", method.Certificate.Path);

    private void Reload()
    {
        lock (_gate)
        {
            if (_state is { } previous)
            {
                _state = ReadAll(previous);
                AddSchemes();
            }
        }
    }

    // After the swap: whoever finds the scheme finds its settings. None is taken away, for its page answers those who come back to it.
    private void AddSchemes()
    {
        foreach (var method in All)
        {
            _ = _schemes?.TryAddScheme(new AuthenticationScheme(method.Scheme, method.DisplayName, typeof(CibaHandler)));
        }
    }

    private State ReadAll(State? previous)
    {
        var registrations = _registrations.Look();
        var read = registrations.Select(registration => (Registration: registration, Method: _reader.Read(registration), IsThere: IsThere(registration))).ToList();
        var methods = new Dictionary<string, CibaMethod>(StringComparer.Ordinal);
        var faults = new Dictionary<string, IReadOnlyList<SettingFault>>(StringComparer.Ordinal);
        foreach (var (registration, method, isThere) in read)
        {
            var before = previous?.Methods.GetValueOrDefault(registration.Scheme);
            var (now, found) = isThere
                ? Judge(registration, method, before, [.. read.Where(other => other.IsThere).Select(other => other.Method)], previous)
                : (before?.Retire() ?? method, []);
            methods[registration.Scheme] = now;
            faults[registration.Scheme] = found;
            _news.Tell(isThere, now, before, found, previous?.Faults.GetValueOrDefault(registration.Scheme), isStart: previous is null);
            if (before is { HasClient: true, IsRetired: false } && now != before)
            {
                _former.Add(before);
            }
        }

        foreach (var method in methods.Values)
        {
            method.Options.FormerCallbackPaths = _former.PathsOf(method);
        }

        return new State(methods.ToFrozenDictionary(StringComparer.Ordinal), faults.ToFrozenDictionary(StringComparer.Ordinal));
    }

    // One that leaves the file is removed, whatever an environment variable still says of it, a secret for example.
    private bool IsThere(CibaMethodRegistration registration)
    {
        var isInFile = registration.Section is { Path: var path } && Files.Any(file => file.LineOf(path) is not null);
        if (isInFile)
        {
            _ = _inFile.Add(registration.Scheme);
        }

        return isInFile || (registration.IsThere && !_inFile.Contains(registration.Scheme));
    }

    // What is in force of a method, and what is wrong with it as it is written.
    private (CibaMethod Method, IReadOnlyList<SettingFault> Faults) Judge(
        CibaMethodRegistration registration, CibaMethod read, CibaMethod? before, IReadOnlyList<CibaMethod> all, State? previous)
    {
        var problems = read.Faults.Concat(new[] { NameFault(registration), Overlap(read, all, previous) }.OfType<string>()).ToList();
        if (problems.Count == 0)
        {
            return (read, []);
        }

        // A bad edit does no harm: what worked goes on as it was, unless the edit switches it off.
        var kept = before is { HasClient: true } ? (read.Options.Enabled ? before : before.Retire()) : null;
        return (kept ?? CibaMethod.SwitchedOff(read.Scheme, read.Options, problems), [.. problems.Select(problem => _places.Locate(registration, problem))]);
    }

    private string? NameFault(CibaMethodRegistration registration) =>
        _authentication?.SchemeMap.TryGetValue(registration.Scheme, out var scheme) == true && scheme.HandlerType != typeof(CibaHandler)
            ? $"Method {registration.Scheme}: the application has a scheme of this name already; give the method another name."
            : null;

    // One that is in force keeps its address: the other one is the edit that does not fit.
    private static string? Overlap(CibaMethod method, IEnumerable<CibaMethod> all, State? previous)
    {
        bool IsInForce(CibaMethod each) => previous?.Methods.GetValueOrDefault(each.Scheme) == each;
        var other = IsInForce(method) ? null : all.FirstOrDefault(other => other.Scheme != method.Scheme
            && (method.Options.CallbackPath.StartsWithSegments(other.Options.CallbackPath) || other.Options.CallbackPath.StartsWithSegments(method.Options.CallbackPath)));
        return other is null ? null : $"Method {method.Scheme}: CallbackPath {method.Options.CallbackPath} overlaps with that of the method {other.Scheme}; give each its own.";
    }

    private sealed record State(FrozenDictionary<string, CibaMethod> Methods, FrozenDictionary<string, IReadOnlyList<SettingFault>> Faults);
}
