using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>
/// The method's public keys, for the OP to fetch: the key of client authentication with those before and after it, the key of signed requests, the one ID tokens
/// are encrypted to, and a self-signed certificate. Not the key of DPoP, which each proof carries itself.
/// </summary>
internal sealed class PublishedKeys(IReadOnlyList<SigningCredentials> signing, SecurityKey? decryption, ClientCertificateFile? certificate)
{
    /// <summary>Collects the keys, or says which setting is in the way.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="certificate">The client certificate, opened.</param>
    /// <param name="fault">What is in the way.</param>
    public static PublishedKeys? TryCreate(CibaOptions options, ClientCertificateFile? certificate, out string? fault)
    {
        List<SigningCredentials> signing = [];
        var settings = options.ClientAuthentication;
        if (settings.Key is { } path)
        {
            if (SigningKeyFile.TryLoad("ClientAuthentication:Key", path, settings.Algorithm ?? "ES256", settings.KeyId, settings.KeyPassword, out fault) is not { } key)
            {
                return null;
            }

            signing.Add(key);
        }

        if (RequestSigningFactory.TryCreate(options, out fault) is { } requests)
        {
            signing.Add(requests.Key);
        }

        foreach (var (id, file) in settings.FurtherKeys)
        {
            if (SigningKeyFile.TryLoadAny($"ClientAuthentication:FurtherKeys:{id}", file, settings.Algorithm, id, settings.KeyPassword, out fault) is not { } key)
            {
                return null;
            }

            signing.Add(key);
        }

        var isSelfSigned = ClientAuthenticationFactory.TryCreate(options, out _) is SelfSignedTlsClientAuth;
        var keys = new PublishedKeys(signing, IdTokenDecryptionFactory.TryCreate(options, out _)?.Keys[0], isSelfSigned ? certificate : null);
        return keys.TryWrite(out fault) is null ? null : keys;
    }

    /// <summary>The key set as JSON (RFC 7517), with the certificate as it stands now.</summary>
    public string Write() => TryWrite(out var fault) ?? throw new InvalidOperationException(fault);

    private string? TryWrite(out string? fault)
    {
        try
        {
            fault = null;
            X509Certificate2[] certificates = certificate is null ? [] : [certificate.Certificate];
            return ClientKeys.WritePublicJwks(signing, certificates, decryption is null ? [] : [decryption]);
        }
        catch (ArgumentException exception)
        {
            fault = $"ClientAuthentication:KeyId: {exception.Message.Split(" (Parameter", 2)[0]} Give each key an id of its own.";
            return null;
        }
    }
}
