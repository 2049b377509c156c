using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace SsoCibaMethod.Methods;

/// <summary>Finds where the setting that a fault is about stands: the file and its line, or what else it comes from.</summary>
internal sealed partial class SettingPlaces(IConfiguration? configuration, IAuthenticationConfigurationProvider? framework)
{
    /// <summary>A fault of a method, as a rule told it, with its place.</summary>
    /// <param name="registration">The method.</param>
    /// <param name="problem">What is wrong; it begins with the method and the setting.</param>
    public SettingFault Locate(CibaMethodRegistration registration, string problem)
    {
        var named = Named().Match(problem) is { Success: true } match ? match.Value : null;
        var setting = Upwards(named).FirstOrDefault(name => CibaSettings.Find(name) is not null);
        foreach (var key in Keys(registration, named))
        {
            if (Origin(key) is var (file, line))
            {
                return new SettingFault(problem, registration.Scheme, setting ?? (key.EndsWith($":{named}", StringComparison.OrdinalIgnoreCase) ? named : null), file, line);
            }
        }

        return new SettingFault(problem, registration.Scheme, setting);
    }

    // The setting itself, else what it stands in; the method's own section wins over the defaults. What is missing is missing where the method begins.
    private IEnumerable<string> Keys(CibaMethodRegistration registration, string? named)
    {
        var sections = registration.Sections(configuration, framework).Select(section => section.Path).Reverse().ToList();
        return Upwards(named).SelectMany(name => sections.Select(path => ConfigurationPath.Combine(path, name))).Concat(sections.Take(1));
    }

    private static IEnumerable<string> Upwards(string? name)
    {
        for (; name is not null; name = ConfigurationPath.GetParentPath(name))
        {
            yield return name;
        }
    }

    // The provider asked last wins.
    private (string File, int? Line)? Origin(string key)
    {
        foreach (var provider in (configuration as IConfigurationRoot)?.Providers.Reverse() ?? [])
        {
            switch (provider)
            {
                case CibaConfigurationProvider file when file.LineOf(key) is { } line:
                    return (file.File, line);
                case not CibaConfigurationProvider when provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any():
                    return (NameOf(provider), null);
            }
        }

        return null;
    }

    private static string NameOf(IConfigurationProvider provider) => provider switch
    {
        EnvironmentVariablesConfigurationProvider => "environment variable",
        CommandLineConfigurationProvider => "command line",
        FileConfigurationProvider { Source.Path: { } path } => path,
        _ => "configuration of the application",
    };

    [GeneratedRegex(@"(?<=\AMethod [^:]+: )[A-Za-z]+(:[^\s:]+)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
