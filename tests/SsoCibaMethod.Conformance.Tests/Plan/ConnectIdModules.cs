using System.Text.Json.Nodes;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-36: claims that the profile of ConnectID Australia asks for, which a host's own check of the ID token must miss.</summary>
internal static class ConnectIdModules
{
    public static IEnumerable<Module> All =>
    [
        Token("missing-txn-test", token => token.Claims.Remove("txn")),
        Token("missing-trust-framework-test", token => Verification(token).Remove("trust_framework")),
        Token("wrong-trust-framework-test", token => Verification(token)["trust_framework"] = "unsupported_trust_framework"),
    ];

    private static JsonObject Verification(IdToken token) => token.Claims["verified_claims"]!["verification"]!.AsObject();

    private static Module Token(string name, Action<IdToken> spoil) =>
        new($"{Module.Prefix}connectid-invalid-{name}", new Play { IdToken = spoil }) { Profiles = [Variant.ConnectId], Notice = MessageKeys.LoginRefused };
}
