namespace SsoCibaMethod;

/// <summary>Access tokens bound to a key (RFC 9449). Not for push, where there is no token request to prove anything with.</summary>
public sealed class CibaDPoPOptions
{
    /// <summary>Whether tokens are bound; <see langword="false"/> by default, and <see langword="true"/> where a key is given.</summary>
    public bool Enabled
    {
        get => EnabledSet ?? Key is not null;
        set => EnabledSet = value;
    }

    /// <summary>The private key file: PEM, PFX or JWK. Without one each start makes a fresh key, which suits tokens that nobody uses after the sign-in.</summary>
    public string? Key { get; set; }

    /// <summary>The password of <see cref="Key"/>, where it is a PFX or an encrypted PEM file.</summary>
    public string? KeyPassword { get; set; }

    /// <summary>The algorithm of the key; <c>ES256</c> by default.</summary>
    public string Algorithm { get; set; } = "ES256";

    internal bool? EnabledSet { get; set; }
}
