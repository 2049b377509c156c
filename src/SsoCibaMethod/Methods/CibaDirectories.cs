using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace SsoCibaMethod.Methods;

/// <summary>Finds the directories an administrator edits: named by a setting, else the first found from the content root upwards, else beside the binaries.</summary>
internal static class CibaDirectories
{
    public static string? Config(IConfiguration configuration, IHostEnvironment environment) =>
        Find(configuration["Ciba:ConfigDirectory"], environment.ContentRootPath, "config", "ciba.json");

    public static string? Resources(IConfiguration configuration, IHostEnvironment environment) =>
        Find(configuration["Ciba:ResourcesDirectory"], environment.ContentRootPath, "resources", "messages.json");

    private static string? Find(string? named, string contentRoot, string name, string file)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return Path.GetFullPath(named, contentRoot);
        }

        for (var directory = new DirectoryInfo(contentRoot); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, name, file)))
            {
                return Path.Combine(directory.FullName, name);
            }
        }

        var beside = Path.Combine(AppContext.BaseDirectory, name);
        return File.Exists(Path.Combine(beside, file)) ? beside : null;
    }
}
