using System.Collections.Concurrent;
using System.Diagnostics;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>The sample application as a user starts it: a process of its own, in its own folder, with the settings it ships with, but for the limits on starting.</summary>
internal sealed class SampleAppProcess : IAsyncDisposable
{
    private const int MostTries = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<bool> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SampleAppProcess(Uri address)
    {
        Address = address;
        _process = new Process
        {
            EnableRaisingEvents = true,
            StartInfo = new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    Path.Combine(AppContext.BaseDirectory, "SsoCibaMethod.SampleApp.dll"),
                    "--urls", address.GetLeftPart(UriPartial.Authority),
                    "--environment", "Development",
                },
                WorkingDirectory = FindFolder(),
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in ManyStarts.Settings)
        {
            _process.StartInfo.ArgumentList.Add($"--Ciba:Defaults:{name}={value}");
        }

        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listening.TrySetResult(false);
    }

    public Uri Address { get; }

    public string Output => string.Join(Environment.NewLine, _output);

    public static async Task<SampleAppProcess> StartAsync()
    {
        // Between the choice of a port and its use somebody else may take it.
        for (var i = 1; ; i++)
        {
            var process = new SampleAppProcess(Loopback.FreeAddress());
            if (await process.IsListeningAsync())
            {
                return process;
            }

            var output = process.Output;
            await process.DisposeAsync();
            if (i == MostTries || !output.Contains("already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The sample application did not start:{Environment.NewLine}{output}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var process = _process;
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var application = Path.Combine(folder.FullName, "src", "SsoCibaMethod.SampleApp");
            if (Directory.Exists(application))
            {
                return application;
            }
        }

        throw new InvalidOperationException("The folder of the sample application is not above the tests.");
    }

    private async Task<bool> IsListeningAsync()
    {
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            return await _listening.Task.WaitAsync(StartLimit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Read(string? line)
    {
        _output.Enqueue(line ?? "");
        if (line?.Contains("Application started", StringComparison.Ordinal) == true)
        {
            _listening.TrySetResult(true);
        }
    }
}
