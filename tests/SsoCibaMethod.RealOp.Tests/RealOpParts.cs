using System.Diagnostics;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>What the OP runs on.</summary>
internal static class RealOpParts
{
    public static RequiredPart Node { get; } = new(
        "Node.js 20 or newer",
        "install it, or run tests/run.sh, which takes the one inside the Microsoft.Playwright package",
        FindNode);

    public static RequiredPart Program { get; } = new(
        "the Node.js packages of tests/real-op",
        "run 'npm ci' in tests/real-op, or tests/run.sh",
        FindProgram);

    public static string? ReasonToSkip => RequiredPart.ReasonToSkip(Node, Program);

    private static string? FindProgram()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "tests", "real-op");
            if (File.Exists(Path.Combine(program, "server.mjs")))
            {
                return File.Exists(Path.Combine(program, "node_modules", "oidc-provider", "package.json")) ? program : null;
            }
        }

        return null;
    }

    // oidc-provider itself asks for 22; on 20 it runs, with a warning.
    private static string? FindNode()
    {
        var nodes = NodesOnPath().Concat(NodesOfPlaywright())
            .Where(File.Exists)
            .Select(path => (Path: path, Version: MajorVersion(path)))
            .ToArray();
        return nodes.FirstOrDefault(node => node.Version >= 22).Path ?? nodes.FirstOrDefault(node => node.Version >= 20).Path;
    }

    private static IEnumerable<string> NodesOnPath()
    {
        var name = OperatingSystem.IsWindows() ? "node.exe" : "node";
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return folders.Select(folder => Path.Combine(folder, name));
    }

    private static IEnumerable<string> NodesOfPlaywright()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var playwright = Path.Combine(packages, "microsoft.playwright");
        return Directory.Exists(playwright)
            ? Directory.EnumerateFiles(playwright, "node", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];
    }

    private static int MajorVersion(string node)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(node, "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            var version = process.StandardOutput.ReadToEnd().Trim().TrimStart('v');
            return Version.TryParse(version, out var parsed) ? parsed.Major : 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }
}
