using System.Globalization;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>What an OP's answer to a token request with a made-up <c>auth_req_id</c> says of the client, by the specifications, and where they leave it open.</summary>
internal static class ClientAnswer
{
    private const string Registration = "Compare ClientId, the authentication method and its secret, key or certificate with what is registered at the OP";

    public static Finding Judge(BackchannelAnswer answer, IReadOnlyList<string> confidential, CibaClientSettings client) => answer switch
    {
        BackchannelAnswer.None none => Silent(none.Cause),
        BackchannelAnswer.Received received when received.Refusal(confidential) is { } error => Judge(error, received.Status, client),

        // A wrong client is 401 where no error says so (RFC 6749 §5.2).
        BackchannelAnswer.Received { Status: 401 } => Refused("HTTP 401"),
        BackchannelAnswer.Received { Status: 200 } => Finding.Error("The OP answered a made-up auth_req_id as a success (HTTP 200).", "Ask the OP; its token endpoint gives what nobody asked for."),
        BackchannelAnswer.Received { Status: var status } => Open(string.Create(CultureInfo.InvariantCulture, $"HTTP {status} without an error")),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static Finding Silent(string cause) => Finding.Error($"token endpoint: {cause}.", "See whether this machine may call it (firewall, proxy), and whether the OP is well.");

    private static Finding Judge(CibaError error, int status, CibaClientSettings client) => error.Code switch
    {
        // Each of them is about the auth_req_id, which is judged after the client (CIBA Core §11).
        CibaErrorCode.InvalidGrant or CibaErrorCode.ExpiredToken or CibaErrorCode.AccessDenied or CibaErrorCode.AuthorizationPending or CibaErrorCode.SlowDown
            => Finding.Ok($"accepted: {client.Authentication.Method} (asked for a login that does not exist, told {error.Name})"),
        CibaErrorCode.InvalidClient => Refused(Told(error)),

        // Some OPs say it of a wrong secret too, and then with 401.
        CibaErrorCode.UnauthorizedClient when status == 401 => Refused(Told(error)),

        // CIBA Core §11: what a client of push is told that asks. Who it is had to be known for that.
        CibaErrorCode.UnauthorizedClient when client.TokenDeliveryMode == TokenDeliveryMode.Push => Finding.Ok("accepted: a client of push, told unauthorized_client as it must be"),
        CibaErrorCode.UnauthorizedClient => Finding.Error(
            $"The OP knows the client, but it may not use CIBA, or not by {client.TokenDeliveryMode.ToString().ToLowerInvariant()}: {Told(error)}.",
            "Have the client allowed the CIBA grant at the OP, and registered for the TokenDeliveryMode of the settings."),
        CibaErrorCode.UnsupportedGrantType when client.TokenDeliveryMode == TokenDeliveryMode.Push => Open(Told(error)),
        CibaErrorCode.UnsupportedGrantType => Finding.Error($"The OP's token endpoint knows no CIBA grant: {Told(error)}.", "Have CIBA switched on at the OP, or set Endpoints:Token."),
        CibaErrorCode.InvalidDPoPProof or CibaErrorCode.UseDPoPNonce => Finding.Error($"The OP refuses the proof of the DPoP key: {Told(error)}.", "See clock, and DPoP:Algorithm."),
        _ => Open(Told(error)),
    };

    private static string Told(CibaError error) => error.Description is { } description ? $"{error.Name} ({description.TrimEnd('.')})" : error.Name;

    private static Finding Refused(string told) => Finding.Error($"The OP refuses the client: {told}.", Registration + "; see clock too, for an assertion is good for a short time.");

    private static Finding Open(string told) => Finding.Warning($"Cannot tell: the OP answered {told}, and may have looked at the client or not.", Registration + ", or try a login.");
}
