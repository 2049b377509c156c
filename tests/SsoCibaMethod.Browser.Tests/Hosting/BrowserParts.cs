using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Browser.Tests;

/// <summary>What these tests need beside the solution: a browser.</summary>
internal static class BrowserParts
{
    private const string Usual = "/usr/bin/chromium";

    public static RequiredPart Chromium { get; } = new(
        "Chromium",
        "run tests/run.sh, which installs it, or name one by the environment variable CHROMIUM_PATH",
        () => new[] { Environment.GetEnvironmentVariable("CHROMIUM_PATH"), Usual }.FirstOrDefault(File.Exists));

    public static string? ReasonToSkip => RequiredPart.ReasonToSkip(Chromium);
}
