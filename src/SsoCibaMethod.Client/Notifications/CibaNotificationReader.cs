namespace SsoCibaMethod.Client;

/// <summary>Reads what an OP sends to the notification endpoint (CIBA Core §10.2, §10.3, §12).</summary>
internal static class CibaNotificationReader
{
    public static CibaNotification Read(ReadOnlyMemory<byte> body, TokenDeliveryMode mode)
    {
        if (body.Length > CibaNotification.MaximumSize(mode))
        {
            return Malformed("larger than the size limit");
        }

        using var json = JsonAnswer.TryParse(body, out var malformed);
        if (json is not { } members)
        {
            return Malformed(malformed);
        }

        string? fault = null;
        var authReqId = members.AuthReqId(ref fault);
        if (fault is not null)
        {
            return Malformed(fault);
        }

        if (mode == TokenDeliveryMode.Ping)
        {
            // A ping names the request and nothing else; what came of it is asked for over the client's own connection (CIBA Core §10.2).
            return new CibaNotification.Ping(authReqId!);
        }

        return members.Has("error") ? ReadError(members, authReqId!) : ReadTokens(members, authReqId!);
    }

    private static CibaNotification ReadError(JsonAnswer members, string authReqId)
    {
        string? fault = null;
        var code = members.RequiredText("error", ref fault);
        var description = members.Text("error_description", ref fault);
        if (fault is not null)
        {
            return Malformed(fault);
        }

        var error = CibaError.Read(code!, description, [authReqId]);

        // Nothing that is pushed can mean "ask again": there is no token endpoint to ask (CIBA Core §12).
        return new CibaNotification.Refused(
            authReqId, error.Code is CibaErrorCode.AuthorizationPending or CibaErrorCode.SlowDown ? error with { Code = CibaErrorCode.Unknown } : error);
    }

    // No proof of possession reaches the backchannel endpoint, so pushed tokens are never bound by DPoP.
    private static CibaNotification ReadTokens(JsonAnswer members, string authReqId)
    {
        string? fault = null;
        return TokenSetReader.Read(members, ref fault) is { } tokens ? new CibaNotification.Tokens(authReqId, tokens) : Malformed(fault!);
    }

    private static CibaNotification.Malformed Malformed(string fault) => new($"notification: {fault}");
}
