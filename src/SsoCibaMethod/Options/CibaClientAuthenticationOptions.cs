using SsoCibaMethod.Client;

namespace SsoCibaMethod;

/// <summary>How the client proves itself to the OP.</summary>
public sealed class CibaClientAuthenticationOptions
{
    /// <summary>
    /// <c>client_secret_basic</c>, <c>client_secret_post</c>, <c>client_secret_jwt</c> or <c>private_key_jwt</c>;
    /// by default <c>private_key_jwt</c> where a key is given, else <c>client_secret_basic</c>.
    /// </summary>
    public string? Method { get; set; }

    /// <summary>The private key file for <c>private_key_jwt</c>: PEM, PFX or JWK.</summary>
    public string? Key { get; set; }

    /// <summary>The password of <see cref="Key"/>, where it is a PFX or an encrypted PEM file.</summary>
    public string? KeyPassword { get; set; }

    /// <summary>The key's id at the OP; by default that of the JWK.</summary>
    public string? KeyId { get; set; }

    /// <summary>The algorithm assertions are signed with: <c>ES256</c> by default, <c>HS256</c> for <c>client_secret_jwt</c>.</summary>
    public string? Algorithm { get; set; }

    /// <summary>Whom an assertion names as audience: the issuer by default, and anything else only for an OP that insists.</summary>
    public ClientAssertionAudience Audience { get; set; }

    /// <summary>The assertion's <c>typ</c>: <c>client-authentication+jwt</c> by default, <c>JWT</c> for an OP that refuses that.</summary>
    public string AssertionType { get; set; } = ClientAssertionForm.ExplicitType;
}
