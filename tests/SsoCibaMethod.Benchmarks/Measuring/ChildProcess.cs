using System.Diagnostics;

namespace SsoCibaMethod.Benchmarks.Measuring;

/// <summary>Starts this program once more, for the part that must not be measured.</summary>
internal static class ChildProcess
{
    public static Process Start(params IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, IsMuxer ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    // "dotnet program.dll" has the path of dotnet.
    private static bool IsMuxer => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
}
