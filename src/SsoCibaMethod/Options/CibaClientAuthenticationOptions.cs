using SsoCibaMethod.Client;

namespace SsoCibaMethod;

/// <summary>How the client proves itself to the OP.</summary>
public sealed class CibaClientAuthenticationOptions
{
    /// <summary>
    /// <c>client_secret_basic</c>, <c>client_secret_post</c>, <c>client_secret_jwt</c>, <c>private_key_jwt</c>, <c>tls_client_auth</c> or
    /// <c>self_signed_tls_client_auth</c>; by default <c>private_key_jwt</c> where a key is given, <c>tls_client_auth</c> where a certificate is given and no
    /// secret, else <c>client_secret_basic</c>.
    /// </summary>
    public string? Method { get; set; }

    /// <summary>The private key file for <c>private_key_jwt</c>: PEM, PFX or JWK.</summary>
    public string? Key { get; set; }

    /// <summary>The password of <see cref="Key"/>, where it is a PFX or an encrypted PEM file.</summary>
    public string? KeyPassword { get; set; }

    /// <summary>The key's id at the OP; by default that of the JWK, else none, or the key's thumbprint where the method publishes several keys.</summary>
    public string? KeyId { get; set; }

    /// <summary>
    /// Further private keys, by their ids, whose public halves are published beside that of <see cref="Key"/>: the one before, and the one to come. While keys are
    /// changed the OP then knows both.
    /// </summary>
    public IDictionary<string, string> FurtherKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The algorithm assertions are signed with: <c>ES256</c> by default, <c>HS256</c> for <c>client_secret_jwt</c>.</summary>
    public string? Algorithm { get; set; }

    /// <summary>
    /// The client certificate file, PFX or PEM, for mutual TLS (RFC 8705): for the two methods of that kind, and beside any other for access tokens bound to it.
    /// One renewed under the same name is in use within seconds.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>The password of <see cref="Certificate"/>, where it is a PFX or its PEM key is encrypted.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The PEM file of the certificate's private key, where that is not in <see cref="Certificate"/>.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>Whom an assertion names as audience: the issuer by default, and anything else only for an OP that insists.</summary>
    public ClientAssertionAudience Audience { get; set; }

    /// <summary>The assertion's <c>typ</c>: <c>client-authentication+jwt</c> by default, <c>JWT</c> for an OP that refuses that.</summary>
    public string AssertionType { get; set; } = ClientAssertionForm.ExplicitType;
}
