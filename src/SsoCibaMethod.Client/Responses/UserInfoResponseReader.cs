namespace SsoCibaMethod.Client;

/// <summary>Reads the answer of the userinfo endpoint (OpenID Connect Core §5.3.2, §5.3.3).</summary>
internal static class UserInfoResponseReader
{
    public static UserInfoResponse Read(BackchannelAnswer answer, string subject, IReadOnlyList<string> confidential)
    {
        if (answer is BackchannelAnswer.None none)
        {
            return new UserInfoResponse.Unavailable(none.Cause);
        }

        var received = (BackchannelAnswer.Received)answer;
        if (received.IsTrouble)
        {
            return new UserInfoResponse.Unavailable($"the userinfo endpoint answered HTTP {received.Status}");
        }

        if (received.Status is >= 400 and < 500)
        {
            // The error stands in a header (RFC 6750 §3); some OPs write it into the body.
            return new UserInfoResponse.Refused(ChallengeError.Read(received.Challenges, confidential) ?? received.Refusal(confidential));
        }

        if (received is { IsJwt: true, Status: 200 })
        {
            return Fault("the answer is signed or encrypted (application/jwt), which this client does not read; register the client without userinfo_signed_response_alg");
        }

        return received.FaultOfSuccess() is { } fault ? Fault(fault) : ReadClaims(received.Body, subject);
    }

    private static UserInfoResponse ReadClaims(ReadOnlyMemory<byte> body, string subject)
    {
        using var json = JsonAnswer.TryParse(body, out var malformed);
        if (json is not { } members)
        {
            return Fault(malformed);
        }

        string? fault = null;
        var found = members.RequiredText("sub", ref fault);
        if (fault is not null)
        {
            return Fault(fault);
        }

        return string.Equals(found, subject, StringComparison.Ordinal)
            ? new UserInfoResponse.Received(members.ToJsonObject())
            : new UserInfoResponse.WrongSubject();
    }

    private static UserInfoResponse.ProtocolFault Fault(string fault) => new($"userinfo endpoint: {fault}");
}
