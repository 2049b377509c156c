using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Notifications;

/// <summary>The token of a call: in the header, and nowhere else (RFC 6750 §2.1). One in the address would stand in every log on the way.</summary>
internal static partial class BearerToken
{
    // CIBA Core §7.1: the longest a notification token may be.
    private const int Longest = 1024;

    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization is [{ Length: <= Longest + 16 } header] && Bearer().Match(header) is { Success: true } match
            ? match.Groups["token"].Value
            : null;

    // The scheme's case does not matter (RFC 9110 §11.1); the token's does.
    [GeneratedRegex(@"\A[Bb][Ee][Aa][Rr][Ee][Rr] +(?<token>[A-Za-z0-9._~+/-]+=*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bearer();
}
