namespace SsoCibaMethod.Client;

/// <summary>Reads the answer of the token endpoint to a poll (CIBA Core §10.1.1, §11), or to a refresh.</summary>
internal static class TokenResponseReader
{
    public static TokenResponse Read(BackchannelAnswer answer, IReadOnlyList<string> confidential, string tokenType = TokenSetReader.Bearer, TokenSet? earlier = null)
    {
        if (answer is BackchannelAnswer.None none)
        {
            return new TokenResponse.Unavailable(none.Cause, null, none.MayHaveBeenReceived);
        }

        var received = (BackchannelAnswer.Received)answer;
        return Read(received, confidential, tokenType, earlier) with { HeldFor = received.HeldFor };
    }

    private static TokenResponse Read(BackchannelAnswer.Received received, IReadOnlyList<string> confidential, string tokenType, TokenSet? earlier)
    {
        if (received.Refusal(confidential) is { } error)
        {
            return ReadError(error, received);
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
    private static TokenResponse ReadError(CibaError error, BackchannelAnswer.Received received) => error.Code switch
    {
        CibaErrorCode.AuthorizationPending => new TokenResponse.Pending(received.RetryAfter),
        CibaErrorCode.SlowDown => new TokenResponse.SlowDown(received.RetryAfter),
        CibaErrorCode.ServerError or CibaErrorCode.TemporarilyUnavailable or CibaErrorCode.Unknown when received.IsTrouble =>
            new TokenResponse.Unavailable($"the token endpoint answered HTTP {received.Status}, {error.Code}", received.RetryAfter, MayHaveBeenReceived: true),
        _ => new TokenResponse.Refused(error),
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
