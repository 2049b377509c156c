namespace SsoCibaMethod.Cli.Checks;

/// <summary>The directories that are checked.</summary>
/// <param name="Config">That of <c>ciba.json</c>, in full.</param>
/// <param name="Resources">That of the texts, in full; <see langword="null"/> where the host's own way of finding it counts.</param>
internal sealed record CheckedFolders(string Config, string? Resources)
{
    private const string FileName = "ciba.json";

    /// <summary>The same as the settings of a host that name directories.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
        Resources is null ? [new("Ciba:ConfigDirectory", Config)] : [new("Ciba:ConfigDirectory", Config), new("Ciba:ResourcesDirectory", Resources)];

    /// <summary>Finds them: as named, else the first <c>config/</c> from here upwards.</summary>
    /// <exception cref="SettingsException">There is no such directory.</exception>
    public static CheckedFolders Find(string? config, string? resources)
    {
        if (resources is not null && !Directory.Exists(resources))
        {
            throw new SettingsException($"--resources: there is no directory {Path.GetFullPath(resources)}.");
        }

        return new CheckedFolders(config is null ? Upwards() : Named(config), resources is null ? null : Path.GetFullPath(resources));
    }

    private static string Named(string config)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(config));
        var directory = Path.GetFileName(path) == FileName && File.Exists(path) ? Path.GetDirectoryName(path)! : path;
        return File.Exists(Path.Combine(directory, FileName)) ? directory : throw new SettingsException($"There is no {FileName} in {directory}; name the directory that holds it.");
    }

    private static string Upwards()
    {
        for (var directory = new DirectoryInfo(Directory.GetCurrentDirectory()); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "config", FileName)))
            {
                return Path.Combine(directory.FullName, "config");
            }
        }

        throw new SettingsException($"There is no config/{FileName} from here upwards; name the directory that holds it.");
    }
}
