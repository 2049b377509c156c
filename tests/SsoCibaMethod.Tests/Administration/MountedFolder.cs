using System.Runtime.InteropServices;

namespace SsoCibaMethod.Tests.Administration;

/// <summary>
/// A folder as Kubernetes mounts a ConfigMap: each file is a link into <c>..data</c>, that is a link to a dated folder, and an update turns that one link by a rename.
/// The files of two updates have the same time and, if the test wants, the same length.
/// </summary>
internal sealed class MountedFolder : IDisposable
{
    private static readonly DateTime WrittenAt = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private string? _data;
    private int _updates;

    public string Root { get; } = Directory.CreateTempSubdirectory("ciba-mounted-").FullName;

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    public void Put(params (string Name, string Content)[] files)
    {
        var data = $"..2026_01_01_00_00_00.{_updates++}";
        _ = Directory.CreateDirectory(Path(data));
        foreach (var (name, content) in files)
        {
            var file = Path(System.IO.Path.Combine(data, name));
            File.WriteAllText(file, content);
            File.SetLastWriteTimeUtc(file, WrittenAt);
        }

        _ = File.CreateSymbolicLink(Path("..data_tmp"), data);
        Assert.Equal(0, Rename(Path("..data_tmp"), Path("..data")));
        foreach (var (name, _) in files.Where(file => !File.Exists(Path(file.Name))))
        {
            _ = File.CreateSymbolicLink(Path(name), System.IO.Path.Combine("..data", name));
        }

        if (_data is not null)
        {
            Directory.Delete(Path(_data), recursive: true);
        }

        _data = data;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    // What turns a link to a folder in one step; the framework has no call for it.
    [DllImport("libc", EntryPoint = "rename", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Rename(string from, string to);
}
