using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Can <c>ciba.json</c> be read, and does it hold methods?</summary>
internal static class FileCheck
{
    public const string Id = "file";

    private static readonly string[] Known = ["Methods", "Defaults", "ConfigDirectory", "ResourcesDirectory"];

    public static CheckResult Of(ConfiguredMethods methods)
    {
        var findings = methods.Configuration.GetSection("Ciba").GetChildren().Select(child => child.Key)
            .Where(name => !Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => Finding.Error($"Ciba:{name} is nothing that is read.", $"Did you mean Ciba:{CibaSettings.Nearest(name, Known)}?")).ToList();
        if (methods.All.Count == 0)
        {
            findings.Add(Finding.Error("There is no method below Ciba:Methods.", "Add one; README.md beside the file has every setting."));
        }

        return new CheckResult(null, Id, findings.Count > 0 ? findings : [Finding.Ok($"{methods.File}, {MetadataCheck.Count(methods.All.Count, "method")}")]);
    }

    public static CheckResult Unreadable(InvalidDataException exception) => new(
        null, Id, [Finding.Error(exception.Message.Split(" Mend the file", 2)[0], "Mend the file there; an editor that knows JSON marks the place. Without it the host does not start; one that runs goes on with what it read before.")]);
}
