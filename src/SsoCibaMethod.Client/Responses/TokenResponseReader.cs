namespace SsoCibaMethod.Client;

/// <summary>Reads the answer of the token endpoint to a poll (CIBA Core §10.1.1, §11), or to a refresh.</summary>
internal static class TokenResponseReader
{
    public static TokenResponse Read(BackchannelAnswer answer, IReadOnlyList<string> confidential, string tokenType = TokenSetReader.Bearer, TokenSet? earlier = null)
    {
        if (answer is BackchannelAnswer.None none)
        {
            return new TokenResponse.Unavailable(none.Cause, none.RetryAfter, none.MayHaveBeenReceived);
        }

        var received = (BackchannelAnswer.Received)answer;
        if (received.IsPlainlyPending)
        {
            return new TokenResponse.Pending(received.RetryAfter) { HeldFor = received.HeldFor };
        }

        return Read(received, confidential, tokenType, earlier) with { HeldFor = received.HeldFor };
    }

    private static TokenResponse Read(BackchannelAnswer.Received received, IReadOnlyList<string> confidential, string tokenType, TokenSet? earlier)
    {
        if (received.ErrorMembers() is { } error)
        {
            return ReadError(error.Code, error.Description, received, confidential);
        }

        if (received.IsTrouble)
        {
            return new TokenResponse.Unavailable($"the token endpoint answered HTTP {received.Status}", received.RetryAfter, MayHaveBeenReceived: true);
        }

        if (received.FaultOfSuccess() is { } fault)
        {
            return new TokenResponse.ProtocolFault($"token endpoint: {fault}");
        }

        return ReadTokens(received.Body, tokenType, earlier);
    }

    // Decided by the error member, not by the status (CIBA Core §11): some OPs say "pending" with 401, 403 or 428.
    // Nearly every answer says "pending", and nothing of its texts is handed on: they are not made safe in vain.
    private static TokenResponse ReadError(string code, string? description, BackchannelAnswer.Received received, IReadOnlyList<string> confidential) => CibaError.CodeOf(code) switch
    {
        CibaErrorCode.AuthorizationPending => new TokenResponse.Pending(received.RetryAfter),
        CibaErrorCode.SlowDown => new TokenResponse.SlowDown(received.RetryAfter),
        (CibaErrorCode.ServerError or CibaErrorCode.TemporarilyUnavailable or CibaErrorCode.Unknown) and var trouble when received.IsTrouble =>
            new TokenResponse.Unavailable($"the token endpoint answered HTTP {received.Status}, {trouble}", received.RetryAfter, MayHaveBeenReceived: true),
        _ => new TokenResponse.Refused(CibaError.Read(code, description, confidential)),
    };

    private static TokenResponse ReadTokens(ReadOnlyMemory<byte> body, string tokenType, TokenSet? earlier)
    {
        using var json = JsonAnswer.TryParse(body, out var malformed);
        if (json is not { } members)
        {
            return new TokenResponse.ProtocolFault($"token response: {malformed}");
        }

        string? fault = null;
        return TokenSetReader.Read(members, ref fault, tokenType, earlier) is { } tokens
            ? new TokenResponse.Granted(tokens)
            : new TokenResponse.ProtocolFault($"token response: {fault}");
    }
}
