using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Key sets (RFC 7517). Accepted: a good ID token is valid by a key of the set, which only the numbers of the OP's key can do.</summary>
internal sealed partial class KeySetFuzz() : FuzzKind<byte[], KeySetFuzz.Result>("key sets", 40)
{
    private static readonly string[] Good = [TestKeys.Set(Full(TestKeys.Jwk(TestKeys.Rsa, TestKeys.RsaId)), TestKeys.Jwk(TestKeys.P256, "ec-256")), TestKeys.OfTheOp()];

    private static readonly byte[] Modulus = TestKeys.Rsa.ExportParameters(includePrivateParameters: false).Modulus!;
    private static readonly byte[] Point = TestKeys.P256.ExportParameters(includePrivateParameters: false).Q.X!;

    private readonly IdTokenValidator _validator = Provider.Validator(GoodTokens.Algorithms);

    // The library tells of a document that it cannot read by an exception with the whole of it inside, several times.
    protected override long BytesEach => 80;

    protected override byte[] Make(FuzzRandom random) => Mutation.Of(random, Good);

    protected override ValueTask<Result> TakeAsync(byte[] answer)
    {
        if (ProviderMetadataReader.ParseKeys(answer) is not { } keys)
        {
            return ValueTask.FromResult(new Result(false, false));
        }

        var provider = Provider.WithKeys(keys);
        bool IsValid(string token) => _validator.Validate(Stage.Tokens(token, GoodTokens.RefreshToken), GoodTokens.Expectation(isPushed: true), provider) is IdTokenResult.Valid;
        return ValueTask.FromResult(new Result(IsValid(GoodTokens.All[0]), IsValid(GoodTokens.All[1])));
    }

    protected override FuzzVerdict Judge(byte[] answer, Result result)
    {
        // The numbers, wherever in the text they stand and however they are spelt: no other key verifies the token.
        var text = Escape().Replace(Encoding.UTF8.GetString(answer), match => ((char)Convert.ToByte(match.Groups["code"].Value, 16)).ToString());
        var numbers = Numbers().Matches(text.Replace(" ", "", StringComparison.Ordinal)).Select(match => Decode(match.Value)).ToList();
        var isAsItWas = Good.Any(good => answer.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(good)));
        return (result.ByRsa && !numbers.Any(number => number.SequenceEqual(Modulus))) || (result.ByCurve && !numbers.Any(number => number.SequenceEqual(Point)))
            ? new(IsAccepted: true, "verified by another key than the OP's")
            : new(result.ByRsa || result.ByCurve, isAsItWas && !(result.ByRsa && result.ByCurve) ? "refused, though good" : null);
    }

    protected override int Size(byte[] answer) => answer.Length;

    protected override string Describe(byte[] answer) => FuzzText.Of(answer);

    private static JsonObject Full(JsonObject jwk)
    {
        jwk["use"] = "sig";
        jwk["alg"] = "PS256";
        jwk["key_ops"] = new JsonArray("verify");
        jwk["x5c"] = new JsonArray("MIIB");
        jwk["x5t"] = "x";
        return jwk;
    }

    private static byte[] Decode(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var count) ? bytes[..count] : [];
    }

    [GeneratedRegex("[A-Za-z0-9_-]{43,400}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\\u00(?<code>[0-7][0-9a-f])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Escape();

    internal readonly record struct Result(bool ByRsa, bool ByCurve);
}
