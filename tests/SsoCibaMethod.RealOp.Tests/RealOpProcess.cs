using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The OP's process. It ends by itself when its stdin ends, so none is ever left behind.</summary>
internal sealed class RealOpProcess
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private RealOpProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
    }

    public string Issuer { get; private set; } = "";

    public string? Mutual { get; private set; }

    /// <summary>Starts the process and waits until it listens.</summary>
    /// <param name="settings">Its settings, as one line of JSON.</param>
    /// <param name="trust">A file with the authority that its clients' certificates come from.</param>
    public static async Task<RealOpProcess> StartAsync(string settings, string? trust)
    {
        var start = new ProcessStartInfo(RealOpParts.Node.Path, "server.mjs")
        {
            WorkingDirectory = RealOpParts.Program.Path,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (trust is not null)
        {
            start.Environment["NODE_EXTRA_CA_CERTS"] = trust;
        }

        var process = new RealOpProcess(Process.Start(start)!);
        try
        {
            await process.WaitUntilReadyAsync(settings);
            return process;
        }
        catch
        {
            await process.StopAsync();
            throw;
        }
    }

    public async Task StopAsync()
    {
        using var process = _process;
        using var limit = new CancellationTokenSource(StopLimit, TimeProvider.System);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
    }

    private async Task WaitUntilReadyAsync(string settings)
    {
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        string? line;
        try
        {
            await _process.StandardInput.WriteLineAsync(settings.AsMemory(), limit.Token);
            await _process.StandardInput.FlushAsync(limit.Token);
            line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            throw new InvalidOperationException($"The OP did not start:{Environment.NewLine}{Log}", e);
        }

        if (line is null)
        {
            throw new InvalidOperationException($"The OP ended at its start:{Environment.NewLine}{Log}");
        }

        using var ready = JsonDocument.Parse(line);
        Issuer = ready.RootElement.GetProperty("issuer").GetString()!;
        Mutual = ready.RootElement.TryGetProperty("mutual", out var mutual) ? mutual.GetString() : null;
    }

    private string Log => string.Join(Environment.NewLine, _log);
}
