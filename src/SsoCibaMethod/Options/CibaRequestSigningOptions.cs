namespace SsoCibaMethod;

/// <summary>Signed authentication requests (CIBA Core §7.1.1). They are signed as soon as one of these is set.</summary>
public sealed class CibaRequestSigningOptions
{
    /// <summary>The algorithm: <c>ES256</c>, <c>PS256</c> or another with a private key; by default that of client authentication where it has a key, else <c>ES256</c>.</summary>
    public string? Algorithm { get; set; }

    /// <summary>The private key file: PEM, PFX or JWK; by default that of client authentication.</summary>
    public string? Key { get; set; }

    /// <summary>The password of <see cref="Key"/>, where it is a PFX or an encrypted PEM file.</summary>
    public string? KeyPassword { get; set; }

    /// <summary>The key's id at the OP; by default that of client authentication where its key is used, else that of the JWK, else as there.</summary>
    public string? KeyId { get; set; }

    internal bool IsOn => Algorithm is not null || Key is not null;
}
