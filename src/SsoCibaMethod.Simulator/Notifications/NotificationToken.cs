using System.Text.RegularExpressions;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Notifications;

/// <summary>The bearer token by which the OP authenticates to the notification endpoint (CIBA Core §7.1).</summary>
internal static partial class NotificationToken
{
    private const int Longest = 1024;

    // 128 bits in a base64 alphabet; what is shorter cannot hold them.
    private const int Shortest = 22;

    public static ProtocolError? Check(string? token, CibaSimulatorClient client) =>
        client.TokenDeliveryMode is CibaSimulatorDeliveryMode.Poll ? null
        : token is null ? ProtocolError.InvalidRequest("The client_notification_token is missing.")
        : token.Length > Longest ? ProtocolError.InvalidRequest("The client_notification_token has more than 1024 characters.")
        : !Syntax().IsMatch(token) ? ProtocolError.InvalidRequest("The client_notification_token is not a bearer token.")
        : token.Length < Shortest ? ProtocolError.InvalidRequest("The client_notification_token is too short for 128 random bits.")
        : null;

    /// <summary>The b64token of RFC 6750 §2.1.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9\-._~+/]+=*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Syntax();
}
