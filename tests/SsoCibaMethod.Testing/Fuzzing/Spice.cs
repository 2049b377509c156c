using System.Text;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>What parsers trip over: escapes, surrogates, broken UTF-8, numbers beyond every range, brackets that never close.</summary>
public static class Spice
{
    /// <summary>Pieces of text, seldom well-formed.</summary>
    public static IReadOnlyList<byte[]> Pieces { get; } =
    [
        .. new[]
        {
            "\\ud800", "\\udc00\\ud800", "\\ud83d\\ude00", "\\u0000", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "1e400", "-1", "1e-400", "99999999999999999999", "0.1", "\uFEFF",
            "\n", "\r\n", " ", "//", "", "\"error\":\"\\ud800\",", "\"\\ud800\":1,", "\"sub\":{},", "{\"a\":", new string('[', 40), ".", "..", "-", "_", "=", "+", "/", "%", "&", ";", "'",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x00],
    ];

    /// <summary>Whole values, as the OP's serializer might write them, and as none would.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "5", "120", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e400", "1e2", "1.0", "0.5", "1E-400",
        "1772445600", "1772445599.5", "17724456000", "1.7724456e9", "253402300800", "01", "+1", "NaN", "Infinity", "\"\"", "\" \"", "\"x\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"",
        "\"none\"", "\"NONE\"", "\"JWT\"", "\"jwt\"", "\"at+jwt\"", "\"HS256\"", "\"RS256\"", "\"A128GCM\"", "\"dir\"", "\"RSA1_5\"", "\"DEF\"", "\"Bearer\"", "\"bearer\"", "\"mac\"", "\"5\"", "\"b64\"",
        "\"http://op.example\"", "\"https://op.example/\"", "\"javascript:alert(1)\"", "\"https://evil.example#@op.example\"", "\"é\"", "\"\u202E\"", "\"***\"", "\"-----BEGIN PUBLIC KEY-----\"",
        "{}", "[]", "[null]", "[[]]", "[\"\\ud800\"]", "{\"a\":\"\\ud800\"}", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "[1,2", "{\"a\"", "\"", "\"\\", "",
        $"{new string('[', 30)}{new string(']', 30)}", $"{new string('[', 31)}{new string(']', 31)}", $"{new string('[', 500)}{new string(']', 500)}", $"\"{new string('a', 255)}\"", $"\"{new string('a', 256)}\"", $"\"{new string('a', 9000)}\"",
    ];

    /// <summary>Names of members that mean something to somebody.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "error", "error_description", "auth_req_id", "expires_in", "interval", "id_token", "access_token", "token_type", "refresh_token", "scope", "authorization_details", "iss", "sub", "aud", "exp", "iat", "nbf",
        "azp", "acr", "amr", "jti", "nonce", "at_hash", "auth_time", "urn:openid:params:jwt:claim:rt_hash", "urn:openid:params:jwt:claim:auth_req_id", "alg", "enc", "typ", "cty", "kid", "crit", "zip", "b64", "epk",
        "apu", "apv", "jku", "jwk", "x5u", "x5c", "kty", "crv", "x", "y", "n", "e", "d", "use", "key_ops", "keys", "issuer", "jwks_uri", "token_endpoint", "mtls_endpoint_aliases", "nameid", "", "Sub", "\\u0073ub", "__proto__",
    ];
}
