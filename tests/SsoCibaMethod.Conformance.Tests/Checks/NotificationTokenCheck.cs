using System.Buffers;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The token the OP will show when it calls (CIBA Core §7.1; K-12, C-13).</summary>
internal sealed class NotificationTokenCheck(Findings findings)
{
    private const double LeastEntropy = 128;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");

    private readonly HashSet<string> _seen = [];

    public void Check(JwsPart claims, bool isPing)
    {
        var token = claims.Text("client_notification_token");
        if (!isPing)
        {
            findings.Require(!claims.Has("client_notification_token"), "C-13", "a notification token, though the client polls");
            return;
        }

        findings.Require(token is not null, "K-12", "no client_notification_token");
        findings.Require(token?.Length <= 1024, "K-12", "the notification token is longer than 1024 characters");
        findings.Require(token is not null && IsBearerToken(token), "C-13", "the notification token is no bearer token");
        findings.Require(token is not null && Entropy(token) >= LeastEntropy, "K-12", $"the notification token has a measured entropy below {LeastEntropy} bits");
        findings.Require(token is null || _seen.Add(token), "C-13", "the notification token was used before");
    }

    /// <summary>Shannon's measure over the characters there are. The suite is content with 96 bits, since a measure is no proof.</summary>
    public static double Entropy(string text) =>
        text.GroupBy(c => c).Select(group => (double)group.Count() / text.Length).Sum(share => -share * Math.Log2(share)) * text.Length;

    // RFC 6750 §2.1: the characters of a token, then perhaps padding.
    private static bool IsBearerToken(string text) => text.TrimEnd('=') is { Length: > 0 } characters && !characters.AsSpan().ContainsAnyExcept(Characters);
}
