using Microsoft.Extensions.Configuration;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Where a setting stands: in which line of the file, or in which variable of the environment.</summary>
internal sealed class SettingPlaces(string file, IConfigurationRoot configuration)
{
    /// <summary>The place of the setting that a fault begins with; that of the whole method where the setting is nowhere; <see langword="null"/> where even that is not.</summary>
    public string? Find(string scheme, string fault)
    {
        var method = $"Ciba:Methods:{scheme}";
        foreach (var name in Names(fault))
        {
            foreach (var key in new[] { $"{method}:{name}", $"Ciba:Defaults:{name}" })
            {
                if (Place(key) is { } place)
                {
                    return place;
                }
            }
        }

        return Place(method);
    }

    /// <summary>A path as an administrator reads it best: from the directory of the file, where it is in there.</summary>
    public string Short(string path) => Path.GetRelativePath(Path.GetDirectoryName(file)!, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    // "Polling:Interval is …", "ClientSecretFile: the file …": the first word, then what stands above it.
    private static IEnumerable<string> Names(string fault)
    {
        for (string? name = fault.Split(' ', 2)[0].TrimEnd(':'); !string.IsNullOrEmpty(name); name = ConfigurationPath.GetParentPath(name))
        {
            yield return name;
        }
    }

    private string? Place(string key)
    {
        var last = configuration.Providers.LastOrDefault(provider => provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any());
        return last is null ? null
            : last is not CibaConfigurationProvider && last.TryGet(key, out _) ? $"environment variable {key.Replace(":", "__", StringComparison.Ordinal)}"
            : configuration.Providers.OfType<CibaConfigurationProvider>().Select(provider => provider.LineOf(key)).FirstOrDefault(line => line is not null) is { } line
                ? $"{Path.GetFileName(file)}, line {line}" : null;
    }
}
