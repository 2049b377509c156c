using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>The results for machines. What is documented of it keeps its name and meaning; members may be added.</summary>
internal static class CheckJson
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<CheckResult> results) => new JsonObject
    {
        ["version"] = 1,
        ["outcome"] = Word(results.Max(result => result.Outcome)),
        ["checks"] = new JsonArray([.. results.Select(Result)]),
    }.ToJsonString(Readable);

    private static JsonObject Result(CheckResult result) => new()
    {
        ["method"] = result.Method,
        ["check"] = result.Check,
        ["outcome"] = Word(result.Outcome),
        ["findings"] = new JsonArray([.. result.Findings.Select(finding => new JsonObject { ["outcome"] = Word(finding.Outcome), ["seen"] = finding.Seen, ["cure"] = finding.Cure })]),
    };

    private static string Word(CheckOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
