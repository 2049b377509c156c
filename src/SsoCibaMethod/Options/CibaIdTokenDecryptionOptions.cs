namespace SsoCibaMethod;

/// <summary>Encrypted ID tokens. Once a key is set the OP must encrypt them; one that is not encrypted is refused.</summary>
public sealed class CibaIdTokenDecryptionOptions
{
    /// <summary>The private key file: PEM, PFX or JWK; RSA, or the curve P-256, P-384 or P-521. Its public half is published at <c>{callback path}/jwks</c>.</summary>
    public string? Key { get; set; }

    /// <summary>The password of the key files, where they are PFX or encrypted PEM files.</summary>
    public string? KeyPassword { get; set; }

    /// <summary>The key's id in the key set; by default that of the JWK, else its thumbprint.</summary>
    public string? KeyId { get; set; }

    /// <summary>Further keys that are accepted and not published, by their ids: the one before, until no token for it is under way.</summary>
    public IDictionary<string, string> FurtherKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The key management algorithms accepted (<c>alg</c>); empty means what <see cref="CibaOptions.ClientMetadata"/> says, else all that are known: RSA-OAEP and ECDH-ES in their forms.</summary>
    public IList<string> Algorithms { get; set; } = [];

    /// <summary>The content encryption accepted (<c>enc</c>); empty means what <see cref="CibaOptions.ClientMetadata"/> says, else all that is known.</summary>
    public IList<string> ContentEncryption { get; set; } = [];
}
