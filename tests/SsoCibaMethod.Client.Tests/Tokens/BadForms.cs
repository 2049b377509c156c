using static SsoCibaMethod.Client.IdTokenFault;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Texts that are no compact JWS, however well signed.</summary>
internal static class BadForms
{
    public static IEnumerable<BadIdToken> All =>
    [
        new("T-13 a JWE of five parts", Encrypted, () => "eyJhbGciOiJSU0EtT0FFUCJ9.AA.AA.AA.AA"),
        new("T-13 five empty parts", Encrypted, () => "...."),
        new("RFC 7515 four parts", Malformed, () => Good + ".AAAA"),
        new("RFC 7515 six parts", Malformed, () => Good + ".A.A.A"),
        new("RFC 7515 two parts", Malformed, () => Good[..Good.LastIndexOf('.')]),
        new("RFC 7515 one part", Malformed, () => "eyJhbGciOiJub25lIn0"),
        new("RFC 7515 three empty parts", Malformed, () => ".."),
        new("RFC 7515 garbage", Malformed, () => "<html>not a token. at all. no</html>"),
        new("RFC 7515 padding", Malformed, () => Good + "=="),
        new("RFC 7515 white space behind", Malformed, () => Good + " "),
        new("RFC 7515 a line break within", Malformed, () => Good.Insert(10, "\n")),
        new("RFC 7515 white space within the payload", Malformed, () => Good.Replace(".", ". ", StringComparison.Ordinal)),
        new("RFC 7515 the alphabet of base64", Malformed, () => "+/" + Good),
        new("RFC 7515 not ASCII", Malformed, () => Good.Insert(5, "é")),
        new("RFC 7515 a JSON object", Malformed, () => """{"payload":"x","signature":"y"}"""),
        new("RFC 8725 a member twice in the header", Malformed, () => Raw("""{"alg":"PS256","alg":"PS256","kid":"rsa-1"}""", Payload)),
        new("RFC 8725 a member twice, once escaped, in the header", Malformed, () => Raw("""{"alg":"PS256","\u0061lg":"PS256","kid":"rsa-1"}""", Payload)),
        new("RFC 8725 a member twice in the payload", Malformed, () => Raw(Header, Payload.Insert(1, "\"sub\":\"user-2\","))),
        new("RFC 7519 a payload that is an array", Malformed, () => Raw(Header, $"[{Payload}]")),
        new("RFC 7519 a payload that is a string", Malformed, () => Raw(Header, "\"sub\"")),
        new("RFC 7519 a payload that is null", Malformed, () => Raw(Header, "null")),
        new("RFC 7519 a payload that is no JSON", Malformed, () => Raw(Header, "{'sub':1}")),
        new("RFC 7519 a payload with a comment", Malformed, () => Raw(Header, Payload + "//")),
        new("RFC 7519 a payload with a byte order mark", Malformed, () => Raw(Header, "\uFEFF" + Payload)),
        new("RFC 7519 a payload nested 100 deep", Malformed, () => Raw(Header, $$"""{"a":{{new string('[', 100)}}{{new string(']', 100)}}}""")),
        new("RFC 7519 a header that is an array", Malformed, () => Raw("[]", Payload)),
        new("RFC 7515 kid a number", Malformed, () => new TestToken().WithHeader("kid", 1).Sign()),
        new("RFC 7515 kid null", Malformed, () => new TestToken().WithHeader("kid", null).Sign()),
        new("RFC 7519 a header that is empty", Malformed, () => Good[Good.IndexOf('.', StringComparison.Ordinal)..]),
        new("RFC 7519 a name that is a lone surrogate", Malformed, () => Raw(Header, Payload.Insert(1, "\"\\ud800\":1,"))),
        new("RFC 7519 a value, far inside, that is a lone surrogate", Malformed, () => Raw(Header, Payload.Insert(1, "\"x\":[{\"y\":\"\\udc00\"}],"))),
        new("a token of 300 KB", Malformed, () => new TestToken().With("x", new string('x', 300 * 1024)).Sign()),
    ];

    private static string Header => new TestToken().Header.ToJsonString();

    private static string Payload => new TestToken().Claims.ToJsonString();

    private static string Good => new TestToken().Sign();

    private static string Raw(string header, string payload) => TestToken.Compact(header, payload, Signer.For("PS256", TestKeys.Rsa));
}
