using System.Text.Json;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A folder for the files of one test: keys, documents, texts.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ciba-");

    public string Path => _folder.FullName;

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string WriteJson(string name, object value) => Write(name, JsonSerializer.Serialize(value));

    public void Dispose() => _folder.Delete(recursive: true);
}
