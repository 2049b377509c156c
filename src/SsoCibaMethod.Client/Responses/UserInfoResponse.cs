using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>What came of asking the OP for a user's claims: one of a closed set of cases (OpenID Connect Core §5.3).</summary>
public abstract record UserInfoResponse
{
    private UserInfoResponse()
    {
    }

    /// <summary>Names the case only: what it carries is about a person.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Claims about the user who was asked for.</summary>
    /// <param name="Claims">The claims.</param>
    public sealed record Received(JsonObject Claims) : UserInfoResponse;

    /// <summary>The OP does not take the access token, or not for this (RFC 6750 §3.1).</summary>
    /// <param name="Error">The error; <see langword="null"/> where the OP named none.</param>
    public sealed record Refused(CibaError? Error) : UserInfoResponse;

    /// <summary>The claims are about somebody else, so none of them may be used (OpenID Connect Core §5.3.2).</summary>
    public sealed record WrongSubject : UserInfoResponse;

    /// <summary>The answer, or the OP's metadata, breaks a rule of the protocol.</summary>
    /// <param name="Fault">What is wrong, for a log.</param>
    public sealed record ProtocolFault(string Fault) : UserInfoResponse;

    /// <summary>No usable answer: no connection, time ran out, or the OP is in trouble.</summary>
    /// <param name="Cause">What happened, for a log.</param>
    public sealed record Unavailable(string Cause) : UserInfoResponse;
}
