namespace SsoCibaMethod.Client.Tests;

/// <summary>Files that change under a reader.</summary>
internal static class TestFiles
{
    /// <summary>Writes the file with a time of its own: two writes of a quick test may fall into one tick of the file system's clock.</summary>
    public static void Renew(string path, string content)
    {
        var before = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
    }
}
