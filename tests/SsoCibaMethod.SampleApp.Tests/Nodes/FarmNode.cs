using System.Collections.Concurrent;
using System.Diagnostics;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests.Nodes;

/// <summary>The sample application as one node of several: a process of its own, which can be killed.</summary>
internal sealed class FarmNode : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FarmNode(Uri address, Uri op, string connectionString)
    {
        Address = address;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SsoCibaMethod.SampleApp.dll")])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new[]
        {
            ("urls", address.GetLeftPart(UriPartial.Authority)),
            ("Simulator:Enabled", "false"),
            ("ConnectionStrings:Ciba", connectionString),
            ("Ciba:Methods:Ciba:Authority", op.ToString()),
            ("Logging:Console:FormatterName", "simple"),
            ("Logging:Console:FormatterOptions:SingleLine", "true"),
            ("Logging:Console:FormatterOptions:TimestampFormat", "HH:mm:ss.fff "),
            ("Ciba:Methods:Ciba:ClientId", "app"),
            ("Ciba:Methods:Ciba:ClientSecret", Farm.Secret),
        }.Concat(ManyStarts.Settings.Select(setting => ("Ciba:Methods:Ciba:" + setting.Name, setting.Value))))
        {
            start.ArgumentList.Add($"--{name}={value}");
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("A node has ended:\n" + Output));
    }

    public Uri Address { get; }

    public bool HasEnded => _process.HasExited;

    public IReadOnlyCollection<string> Lines => _output;

    public string Output => string.Join('\n', _output);

    public static async Task<FarmNode> StartAsync(Uri op, string connectionString)
    {
        var node = new FarmNode(Loopback.FreeAddress(), op, connectionString);
        _ = node._process.Start();
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        await node._listening.Task;
        return node;
    }

    /// <summary>Ends it as a loss of power does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops it in order, as an operator does (SIGTERM).</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        _output.Enqueue(line ?? "");
        if (line?.Contains("Application started", StringComparison.Ordinal) == true)
        {
            _ = _listening.TrySetResult();
        }
    }
}
