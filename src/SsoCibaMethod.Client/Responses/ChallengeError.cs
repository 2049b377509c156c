using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace SsoCibaMethod.Client;

/// <summary>Reads the error of a refused access token from the <c>WWW-Authenticate</c> header (RFC 6750 §3, RFC 9449 §7.1).</summary>
internal static partial class ChallengeError
{
    public static CibaError? Read(IReadOnlyList<AuthenticationHeaderValue> challenges, IReadOnlyList<string> confidential)
    {
        foreach (var challenge in challenges.Where(one => one.Parameter is not null && IsOfTokens(one.Scheme)))
        {
            var parameters = Parameters().Matches(challenge.Parameter!).ToLookup(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
            if (parameters["error"].FirstOrDefault() is { Length: > 0 } code)
            {
                return CibaError.Read(code, parameters["error_description"].FirstOrDefault(), confidential);
            }
        }

        return null;
    }

    private static bool IsOfTokens(string scheme) =>
        string.Equals(scheme, TokenSetReader.Bearer, StringComparison.OrdinalIgnoreCase) || string.Equals(scheme, TokenSetReader.DPoP, StringComparison.OrdinalIgnoreCase);

    // The texts of RFC 6750 §3 hold neither a quotation mark nor a backslash.
    [GeneratedRegex("""(?<name>[A-Za-z_]{1,64})\s{0,8}=\s{0,8}"(?<value>[^"\\]*)["]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameters();
}
