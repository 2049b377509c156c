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
    private delegate SigningCredentials? Load(out string? fault);

    /// <summary>Collects the keys, or says which setting is in the way.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="certificate">The client certificate, opened.</param>
    /// <param name="fault">What is in the way.</param>
    public static PublishedKeys? TryCreate(CibaOptions options, ClientCertificateFile? certificate, out string? fault)
    {
        List<SigningCredentials> signing = [];
        foreach (var load in SourcesOf(options).Select(source => source.Signing).OfType<Load>())
        {
            if (load(out fault) is { } key)
            {
                signing.Add(key);
            }
            else if (fault is not null)
            {
                return null;
            }
        }

        var isSelfSigned = ClientAuthenticationFactory.TryCreate(options, out _) is SelfSignedTlsClientAuth;
        var keys = new PublishedKeys(signing, IdTokenDecryptionFactory.TryCreate(options, out _)?.Keys[0], isSelfSigned ? certificate : null);
        return keys.TryWrite(out fault) is null ? null : keys;
    }

    /// <summary>The files of what is published.</summary>
    public static IEnumerable<string> FilesOf(CibaOptions options) => SourcesOf(options).Select(source => source.File).OfType<string>();

    /// <summary>The key set as JSON (RFC 7517), with the certificate as it stands now.</summary>
    public string Write() => TryWrite(out var fault) ?? throw new InvalidOperationException(fault);

    // Each with its file, and what signs with how it is loaded.
    private static IEnumerable<(string? File, Load? Signing)> SourcesOf(CibaOptions options)
    {
        var (client, requests) = (options.ClientAuthentication, options.RequestSigning);
        if (client.Key is { } path)
        {
            yield return (path, (out fault) => SigningKeyFile.TryLoad("ClientAuthentication:Key", path, client.Algorithm ?? "ES256", client.KeyId, client.KeyPassword, out fault));
        }

        if (requests.IsOn)
        {
            yield return (requests.Key, Requests);
        }

        foreach (var (id, file) in client.FurtherKeys)
        {
            yield return (file, (out fault) => SigningKeyFile.TryLoadAny($"ClientAuthentication:FurtherKeys:{id}", file, client.Algorithm, id, client.KeyPassword, out fault));
        }

        yield return (options.IdTokenDecryption.Key, null);
        yield return (client.Method == "self_signed_tls_client_auth" ? client.Certificate : null, null);

        SigningCredentials? Requests(out string? fault)
        {
            // What is in its way, its own rules tell.
            fault = null;
            return RequestSigningFactory.TryCreate(options, out _)?.Key;
        }
    }

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
