using System.Diagnostics;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>The tests that the page's script has of its own, in tests/page-script: its wait is a state machine without clock, network and document.</summary>
public sealed class PageScriptTests
{
    [Fact]
    public async Task The_scripts_own_tests_pass()
    {
        var folder = Directory.GetFiles(Path.Combine(Repository(), "tests", "page-script"), "*.test.mjs").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(folder);

        using var process = Process.Start(new ProcessStartInfo(Node(), ["--test", .. folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
        Assert.Matches("(?m)^. pass [1-9][0-9]*$", await output);
    }

    // The one that drives the browser.
    private static string Node() => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), "node*", SearchOption.AllDirectories)
        .First(path => Path.GetFileNameWithoutExtension(path) == "node");

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SsoCibaMethod.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The solution is not above the tests.");
        }

        return folder.FullName;
    }
}
