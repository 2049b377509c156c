using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>How one authentication ended: one of a closed set of cases.</summary>
public abstract record CibaAuthenticationResult
{
    private CibaAuthenticationResult()
    {
    }

    /// <summary>Names the case only: what it carries is confidential.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The user approved, and the ID token keeps every rule.</summary>
    /// <param name="Tokens">The tokens as they came.</param>
    /// <param name="Issuer">The <c>iss</c> claim.</param>
    /// <param name="Subject">The <c>sub</c> claim: with the issuer, the user's only key.</param>
    /// <param name="Claims">All claims of the ID token, decrypted where it was encrypted.</param>
    public sealed record Approved(TokenSet Tokens, string Issuer, string Subject, JsonObject Claims) : CibaAuthenticationResult;

    /// <summary>The user said no, or the OP's policy before the user was asked. An <c>invalid_grant</c> of an OP that speaks so counts here too.</summary>
    /// <param name="Error">The OP's error.</param>
    public sealed record Declined(CibaError Error) : CibaAuthenticationResult;

    /// <summary>Nobody decided in time.</summary>
    public sealed record Expired : CibaAuthenticationResult;

    /// <summary>The OP refused with another error, for example <see cref="CibaErrorCode.UnknownUserId"/> or <see cref="CibaErrorCode.MissingUserCode"/>.</summary>
    /// <param name="Error">The OP's error.</param>
    public sealed record Refused(CibaError Error) : CibaAuthenticationResult;

    /// <summary>An answer breaks a rule of the protocol, the ID token was refused, or the answer that held the tokens was lost. Nothing is to be believed.</summary>
    /// <param name="Cause">What happened, for a log.</param>
    public sealed record Failed(string Cause) : CibaAuthenticationResult;

    /// <summary>The OP gave no usable answer, again and again.</summary>
    /// <param name="Cause">What happened last, for a log.</param>
    public sealed record Unavailable(string Cause) : CibaAuthenticationResult;
}
