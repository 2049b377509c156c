namespace SsoCibaMethod.Client;

/// <summary>The <see cref="FileStamp"/>s of some files in one text.</summary>
internal static class FileStamps
{
    public static string Of(IEnumerable<string> paths) => string.Join('|', paths.Select(FileStamp.Of).Select(stamp =>
        FormattableString.Invariant($"{stamp.RealPath}:{stamp.WrittenAt.Ticks}:{stamp.Length}:{(int)stamp.Mode}")));
}
