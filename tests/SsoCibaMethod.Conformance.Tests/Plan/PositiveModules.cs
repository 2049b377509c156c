using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-13 to K-17: the user ends signed in.</summary>
internal static class PositiveModules
{
    public static IEnumerable<Module> All =>
    [
        Positive("test", new Play()),
        Positive("valid-aud-as-array-test", new Play { IdToken = token => token.Claims["aud"] = new JsonArray((string)token.Claims["aud"]!) }),
        Positive("no-scope-in-token-endpoint-response-test", new Play
        {
            Tokens = tokens =>
            {
                _ = tokens.Remove("scope");
                _ = tokens.Remove("expires_in");
            },
        }),
        Positive("respects-interval-test", new Play { Interval = 31 }),
        Positive("slow-down-test", new Play { Interval = 5, PollErrors = new Dictionary<int, string> { [2] = "slow_down" } }) with { Modes = [Variant.Poll] },
        Positive("refresh-token-test", new Play { RefusesUntilRefreshed = true }) with { Profiles = [Variant.Brazil] },
    ];

    private static Module Positive(string name, Play play) => new(Module.Prefix + name, play) { IsPositive = true };
}
