using System.Buffers.Text;
using System.Text;
using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Compact tokens spoiled where it counts: their parts taken away, exchanged or written anew, signed with what the attacker has.</summary>
internal static class TokenMutation
{
    private static readonly string Foreign = GoodTokens.Token.With("sub", "eve").Sign(Signer.For("PS256", TestKeys.OtherRsa));

    // What everybody has: the OP's public key, in the forms that were once taken for a secret (CVE-2015-9235), and nothing at all.
    private static readonly byte[][] PublicSecrets =
    [
        Encoding.ASCII.GetBytes(TestKeys.Rsa.ExportSubjectPublicKeyInfoPem()), TestKeys.Rsa.ExportSubjectPublicKeyInfo(), TestKeys.Rsa.ExportParameters(includePrivateParameters: false).Modulus!,
        Encoding.UTF8.GetBytes(TestKeys.Jwk(TestKeys.Rsa, TestKeys.RsaId).ToJsonString()), [], new byte[32],
    ];

    public static string Of(FuzzRandom random, IReadOnlyList<string> good)
    {
        var token = random.Pick(good);
        return random.Below(100) switch
        {
            < 2 => token,
            < 36 => Encoding.Latin1.GetString(Mutation.Of(random, good)),
            < 60 => WithPart(random, token, (_, part) => Rewrite(random, part)),
            < 75 => WithPart(random, token, (at, part) => Misspell(random, at, part, random.Pick(good).Split('.'))),
            < 90 => Forge(random),
            _ => Reorder(random, token.Split('.')),
        };
    }

    private static string WithPart(FuzzRandom random, string token, Func<int, string, string> change)
    {
        var parts = token.Split('.');
        var at = random.Below(parts.Length);
        parts[at] = change(at, parts[at]);
        return string.Join('.', parts);
    }

    // What the part says, changed and encoded as it should be.
    private static string Rewrite(FuzzRandom random, string part)
    {
        var bytes = Base64Url.DecodeFromChars(part);
        return TestToken.Encode(bytes.AsSpan().StartsWith("{"u8) && !random.OneIn(4) ? JsonMutation.Of(random, bytes) : Mutation.Edit(random, bytes));
    }

    // The part itself, written as some decoders would take it all the same.
    private static string Misspell(FuzzRandom random, int at, string part, string[] others) => random.Below(9) switch
    {
        0 => "",
        1 => part + "=",
        2 => part + "==",
        3 => $" {part}",
        4 => part + "\n",
        5 => part.Replace('-', '+').Replace('_', '/'),
        6 => part.Length == 0 ? "A" : part[..^1] + random.Pick('A', 'B', 'Q', '_', '8'),
        7 => at < others.Length ? others[at] : part,
        _ => part.Replace("A", "%41", StringComparison.Ordinal),
    };

    private static string Reorder(FuzzRandom random, string[] parts) => random.Below(7) switch
    {
        0 => string.Join('.', parts.Reverse()),
        1 => string.Join('.', parts[..^1]),
        2 => string.Join('.', parts) + ".",
        3 => "." + string.Join('.', parts),
        4 => string.Join('.', parts.Concat(parts)),
        5 => string.Join('.', parts.Append("")),
        _ => new string('.', random.Below(300)),
    };

    // Claims of the attacker's, or the good ones, under a header and a signature of the attacker's.
    private static string Forge(FuzzRandom random)
    {
        var payload = (random.OneIn(2) ? GoodTokens.Token : GoodTokens.Bare).Claims.ToJsonString();
        payload = random.OneIn(2) ? Encoding.UTF8.GetString(JsonMutation.Of(random, Encoding.UTF8.GetBytes(payload))) : payload;
        var kid = random.Pick($"\"kid\":\"{TestKeys.RsaId}\",", "\"kid\":\"../../dev/null\",", "\"kid\":null,", "", "\"b64\":false,\"crit\":[\"b64\"],", $"\"jwk\":{TestKeys.Jwk(TestKeys.OtherRsa, TestKeys.RsaId).ToJsonString()},");
        string Signed(string algorithm, Func<byte[], byte[]> signer) => TestToken.Compact($$"""{{{kid}}"alg":"{{algorithm}}"}""", payload, signer);
        return random.Below(7) switch
        {
            0 => Signed(random.Pick("none", "None", "NONE", "nOnE", ""), Signer.Nothing),
            1 => Signed(random.Pick(GoodTokens.Algorithms), Signer.Nothing),
            2 => Signed("HS256", Signer.For("HS256", random.Pick(PublicSecrets))),
            3 => Signed(random.Pick("PS256", "RS256"), Signer.For("PS256", TestKeys.OtherRsa)),
            4 => Signed("ES256", random.OneIn(2) ? _ => new byte[64] : Signer.For("ES256", TestKeys.P384)),
            5 => Foreign,

            // The right key, the wrong algorithm: one that was not agreed.
            _ => Signed("RS256", Signer.For("RS256", TestKeys.Rsa)),
        };
    }
}
