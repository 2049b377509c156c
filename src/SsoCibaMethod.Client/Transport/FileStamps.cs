namespace SsoCibaMethod.Client;

/// <summary>What tells one state of some files from another without reading them; links are followed.</summary>
internal static class FileStamps
{
    private const string Missing = "missing";

    public static string Of(IEnumerable<string> paths) => string.Join('|', paths.Select(Of));

    private static string Of(string path)
    {
        try
        {
            var file = new FileInfo(RealPath.Of(path));
            return file.Exists ? FormattableString.Invariant($"{file.FullName}:{file.LastWriteTimeUtc.Ticks}:{file.Length}") : Missing;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Missing;
        }
    }
}
