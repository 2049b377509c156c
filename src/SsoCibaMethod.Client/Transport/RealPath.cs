namespace SsoCibaMethod.Client;

/// <summary>
/// Where a path leads once every link on the way is followed, that of a folder too: mounted settings are replaced by turning the link of a folder, and the file's own
/// link never changes.
/// </summary>
internal static class RealPath
{
    // As many as the system itself follows.
    private const int MostLinks = 40;

    public static string Of(string path)
    {
        var real = Path.GetFullPath(path);
        for (var i = 0; i < MostLinks && Follow(real) is { } next; i++)
        {
            real = next;
        }

        return real;
    }

    private static string? Follow(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var names = path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var folder = root;
        for (var i = 0; i < names.Length; i++)
        {
            var here = Path.Combine(folder, names[i]);
            if (new FileInfo(here).LinkTarget is { } target)
            {
                return Path.GetFullPath(Path.Combine([folder, target, .. names[(i + 1)..]]));
            }

            folder = here;
        }

        return null;
    }
}
