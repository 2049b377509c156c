namespace SsoCibaMethod.Client;

/// <summary>Reads the answer of the backchannel authentication endpoint (CIBA Core §7.3, §13).</summary>
internal static class BackchannelAuthenticationResponseReader
{
    public static BackchannelAuthenticationResponse Read(BackchannelAnswer answer, IReadOnlyList<string> confidential)
    {
        if (answer is BackchannelAnswer.None none)
        {
            return new BackchannelAuthenticationResponse.Unavailable(none.Cause);
        }

        var received = (BackchannelAnswer.Received)answer;
        if (received.Refusal(confidential) is { } error)
        {
            if (received.IsTrouble && error.Code is CibaErrorCode.ServerError or CibaErrorCode.TemporarilyUnavailable or CibaErrorCode.Unknown)
            {
                return new BackchannelAuthenticationResponse.Unavailable($"the backchannel authentication endpoint answered HTTP {received.Status}, {error.Code}");
            }

            return new BackchannelAuthenticationResponse.Refused(error);
        }

        if (received.IsTrouble)
        {
            return new BackchannelAuthenticationResponse.Unavailable($"the backchannel authentication endpoint answered HTTP {received.Status}");
        }

        if (received.FaultOfSuccess() is { } fault)
        {
            return new BackchannelAuthenticationResponse.ProtocolFault($"backchannel authentication endpoint: {fault}");
        }

        return ReadAcknowledgement(received.Body);
    }

    private static BackchannelAuthenticationResponse ReadAcknowledgement(ReadOnlyMemory<byte> body)
    {
        using var json = JsonAnswer.TryParse(body, out var malformed);
        if (json is not { } members)
        {
            return new BackchannelAuthenticationResponse.ProtocolFault($"acknowledgement: {malformed}");
        }

        string? fault = null;
        var authReqId = members.AuthReqId(ref fault);
        var expiresIn = members.Seconds("expires_in", ref fault);

        // Some OPs write 0 for "I do not mind"; the 5 seconds of an absent interval (CIBA Core §7.3) are safe with all of them.
        var interval = members.Seconds("interval", ref fault, isZeroAbsence: true);
        if (expiresIn is null)
        {
            fault ??= "the member expires_in is missing";
        }

        return fault is null
            ? new BackchannelAuthenticationResponse.Acknowledged(authReqId!, expiresIn!.Value, interval)
            : new BackchannelAuthenticationResponse.ProtocolFault($"acknowledgement: {fault}");
    }
}
