namespace SsoCibaMethod.Methods;

/// <summary>What tells one state of a file from another without reading it; links are followed.</summary>
internal readonly record struct FileStamp(DateTime WrittenAt, long Length, string? Target)
{
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true);
            var real = target as FileInfo ?? file;
            return real.Exists ? new FileStamp(real.LastWriteTimeUtc, real.Length, target?.FullName) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
