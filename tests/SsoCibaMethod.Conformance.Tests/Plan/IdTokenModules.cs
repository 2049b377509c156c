using System.Text.Json.Nodes;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-28 to K-35: an ID token that must be refused, and nothing called after it.</summary>
internal static class IdTokenModules
{
    public static IEnumerable<Module> All =>
    [
        Token("invalid-iss-test", token => token.Claims["iss"] = $"{token.Claims["iss"]}1"),
        Token("invalid-aud-test", token => token.Claims["aud"] = $"{token.Claims["aud"]}1"),
        Token("invalid-secondary-aud-test", token => token.Claims["aud"] = new JsonArray($"{token.Claims["aud"]}", $"{token.Claims["aud"]}1")),
        Token("invalid-signature-test", token => token.Signer = data => [.. OpKeys.SignPs256(data).Select(one => (byte)(one ^ 0x5A))]),
        Token("invalid-null-alg-test", token => (token.Header["alg"], token.Signer) = ("none", _ => [])),
        Token("invalid-alternate-alg-test", token =>
        {
            (token.Header["alg"], token.Header["kid"]) = ("RS256", OpKeys.Other);
            token.Signer = OpKeys.SignRs256WithTheOtherKey;
        }),
        Token("invalid-expired-exp-test", token => token.Claims["exp"] = Issued(token) - 360),
        Token("invalid-iat-is-week-in-past-test", token => token.Claims["iat"] = Issued(token) - (7 * 86_400)),
        Token("invalid-missing-aud-test", token => token.Claims.Remove("aud")),
        Token("invalid-missing-exp-test", token => token.Claims.Remove("exp")),
        Token("invalid-missing-iss-test", token => token.Claims.Remove("iss")),
    ];

    private static long Issued(IdToken token) => (long)token.Claims["iat"]!;

    private static Module Token(string name, Action<IdToken> spoil) => new(Module.Prefix + name, new Play { IdToken = spoil }) { Notice = MessageKeys.LoginFailed };
}
