namespace SsoCibaMethod.Client;

/// <summary>Whom a client assertion names as its audience.</summary>
public enum ClientAssertionAudience
{
    /// <summary>The OP's issuer identifier: the only audience that cannot be replayed elsewhere, and the default.</summary>
    Issuer,

    /// <summary>The token endpoint's address, for an OP that insists. A malicious OP can make such an assertion usable at another (CVE-2025-27370).</summary>
    TokenEndpoint,

    /// <summary>The address of the endpoint called, for an OP that insists. The same warning.</summary>
    Endpoint,
}

/// <summary>What a client assertion looks like; the defaults follow RFC 7523 as updated.</summary>
/// <param name="Audience">Whom it names as audience; written as one string, never as an array.</param>
/// <param name="Type">Its <c>typ</c> header: <c>client-authentication+jwt</c>, or <c>JWT</c> for an OP that refuses that.</param>
public sealed record ClientAssertionForm(
    ClientAssertionAudience Audience = ClientAssertionAudience.Issuer,
    string Type = ClientAssertionForm.ExplicitType)
{
    /// <summary>The explicit type of a client assertion.</summary>
    public const string ExplicitType = "client-authentication+jwt";
}
