using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Makes a method of its settings as they stand; the same one again as long as neither they nor a file they name have changed. One caller at a time.</summary>
internal sealed class CibaMethodReader(
    IEnumerable<IConfigureOptions<CibaOptions>> configure,
    IEnumerable<IPostConfigureOptions<CibaOptions>> postConfigure,
    IEnumerable<IValidateOptions<CibaOptions>> validate,
    TimeProvider time,
    ILogger<CibaHandler> logger,
    IConfiguration? configuration = null,
    IAuthenticationConfigurationProvider? framework = null)
{
    private readonly IReadOnlyList<IConfigureOptions<CibaOptions>> _configure = [.. configure];
    private readonly IReadOnlyList<IPostConfigureOptions<CibaOptions>> _postConfigure = [.. postConfigure];
    private readonly IReadOnlyList<IValidateOptions<CibaOptions>> _validate = [.. validate];
    private readonly Dictionary<string, (string Settings, IReadOnlyDictionary<string, FileStamp> Files, CibaMethod Method)> _read = new(StringComparer.Ordinal);

    /// <summary>Whether a key, secret or document of some method was replaced since it was read.</summary>
    public bool HaveFilesChanged() => _read.Values.Any(read => IsChanged(read.Files));

    // A change of configuration is mostly somebody else's. A method whose sections and files are what they were stays the one it is, with its connections.
    public CibaMethod Read(CibaMethodRegistration registration)
    {
        var settings = string.Join('\n', registration.Sections(configuration, framework).SelectMany(section => section.AsEnumerable()).Select(entry => $"{entry.Key}={entry.Value}"));
        if (_read.TryGetValue(registration.Scheme, out var before) && before.Settings == settings && !IsChanged(before.Files))
        {
            return before.Method;
        }

        CibaMethod method;
        try
        {
            method = Read(registration.Scheme, registration.IsFromFile);
        }
        catch (Exception exception) when (registration.IsFromFile)
        {
            // What no rule foresaw must not take the whole host down.
            method = CibaMethod.SwitchedOff(
                registration.Scheme, new CibaOptions { CallbackPath = CibaDefaults.CallbackPath(registration.Scheme) }, [$"Method {registration.Scheme}: {exception.Message}"]);
        }

        _read[registration.Scheme] = (settings, FilesToWatch(method), method);
        return method;
    }

    // Mending any of its files may be what opens a method with faults.
    private static IReadOnlyDictionary<string, FileStamp> FilesToWatch(CibaMethod method) => method.Faults.Count == 0
        ? method.Options.FilesSeen
        : new Dictionary<string, FileStamp>(method.Options.FilesSeen.UnionBy(method.Options.FilesOfUsers, file => file.Key, StringComparer.Ordinal), StringComparer.Ordinal);

    // A file that was replaced under its name is a change too.
    private static bool IsChanged(IReadOnlyDictionary<string, FileStamp> files) => files.Any(file => FileStamp.Of(file.Key) != file.Value);

    private CibaMethod Read(string scheme, bool isFromFile)
    {
        var options = new CibaOptions();
        foreach (var each in _configure)
        {
            if (each is IConfigureNamedOptions<CibaOptions> named)
            {
                named.Configure(scheme, options);
            }
        }

        foreach (var each in _postConfigure)
        {
            each.PostConfigure(scheme, options);
        }

        var faults = _validate.Select(each => each.Validate(scheme, options)).Where(result => result.Failed).SelectMany(result => result.Failures!).ToList();
        if (options.CallbackPath.Value?.EndsWith('/') == true)
        {
            // It would take the host's own pages.
            options.CallbackPath = CibaDefaults.CallbackPath(scheme);
        }

        try
        {
            return faults.Count == 0 ? CibaMethod.Create(scheme, options, time, logger) : CibaMethod.SwitchedOff(scheme, options, faults);
        }
        catch (InvalidOperationException exception) when (isFromFile)
        {
            // A file that was being replaced since the rules read it: the settings tell which, and it is looked at again.
            return CibaMethod.SwitchedOff(scheme, options, [$"Method {scheme}: {exception.Message}"]);
        }
    }
}
