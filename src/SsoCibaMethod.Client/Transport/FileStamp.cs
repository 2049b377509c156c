namespace SsoCibaMethod.Client;

/// <summary>What tells one state of a file from another without reading it; links are followed. A right that is given to read it counts too.</summary>
internal readonly record struct FileStamp(DateTime WrittenAt, long Length, UnixFileMode Mode, string? RealPath)
{
    public static FileStamp Of(string path)
    {
        try
        {
            var real = new FileInfo(Client.RealPath.Of(path));
            return real.Exists ? new FileStamp(real.LastWriteTimeUtc, real.Length, real.UnixFileMode, real.FullName) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
