using System.Diagnostics;

namespace SsoCibaMethod.Testing;

/// <summary>A PostgreSQL server of one test's own, which it may stop: see <c>tests/postgres.sh</c>.</summary>
public sealed class PrivatePostgreSql : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ciba").FullName;

    private PrivatePostgreSql()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The server runs as a user of its own.
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>The programs of the server, which tests/run.sh installs.</summary>
    public static RequiredPart Programs { get; } = new(
        "PostgreSQL",
        "run tests/run.sh, which installs it",
        () => Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateFiles("/usr/lib/postgresql", "initdb", SearchOption.AllDirectories).FirstOrDefault() : null);

    public string ConnectionString { get; private set; } = "";

    public static async Task<PrivatePostgreSql> StartAsync()
    {
        var server = new PrivatePostgreSql();
        server.ConnectionString = (await server.RunAsync("up")).Trim();
        return server;
    }

    public Task StopAsync() => RunAsync("down");

    public Task RestartAsync() => RunAsync("start");

    public async ValueTask DisposeAsync()
    {
        _ = await RunAsync("kill");
        Directory.Delete(_folder, recursive: true);
    }

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "tests", "postgres.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }

    private async Task<string> RunAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Script(), command, Path.Combine(_folder, "db")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"tests/postgres.sh {command} failed.");
    }
}
