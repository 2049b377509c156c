using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli;

/// <summary>Makes the client's settings from the options: what was given decides the method, unless it is named.</summary>
internal sealed class ClientSettings(LoginOptions options, ParseResult line, Secrets secrets)
{
    private const string OpenId = "openid";

    public CibaClientSettings Create()
    {
        var certificate = Certificate();
        var key = Key();
        return new CibaClientSettings
        {
            ClientId = line.GetRequiredValue(options.ClientId),
            Authentication = Authentication(certificate, key),
            ClientCertificate = certificate,
            RequestSigning = line.GetValue(options.SignRequest) ? new RequestSigning(key ?? throw Missing(options.SignRequest, options.Key)) : null,
            DPoP = line.GetValue(options.DPoP) ? DPoPKey.Create() : null,
            Scope = [OpenId, .. Values(options.Scope).Where(scope => scope != OpenId)],
            IdTokenSigningAlgorithms = Values(options.IdTokenAlgorithms) is { Length: > 0 } algorithms ? algorithms : ["RS256"],
        };
    }

    private ClientAuthentication Authentication(ClientCertificateFile? certificate, SigningCredentials? key)
    {
        var method = line.GetValue(options.Authentication)
            ?? (certificate is not null ? "tls_client_auth" : key is not null ? "private_key_jwt" : "client_secret_basic");
        return method switch
        {
            "tls_client_auth" => certificate is null ? throw Missing(options.Authentication, options.Certificate) : new TlsClientAuth(),
            "self_signed_tls_client_auth" => certificate is null ? throw Missing(options.Authentication, options.Certificate) : new SelfSignedTlsClientAuth(),
            "private_key_jwt" => new PrivateKeyJwt(key ?? throw Missing(options.Authentication, options.Key)),
            "client_secret_jwt" => new ClientSecretJwt(Secret(), line.GetValue(options.Algorithm) ?? "HS256"),
            "client_secret_post" => new ClientSecretPost(Secret()),
            _ => new ClientSecretBasic(Secret()),
        };
    }

    private ClientCertificateFile? Certificate() => line.GetValue(options.Certificate) is not { } path
        ? null
        : Load(options.Certificate, path, () => new ClientCertificateFile(path, secrets.Find(LoginOptions.CertificatePasswordVariable)));

    private SigningCredentials? Key() => line.GetValue(options.Key) is not { } path
        ? null
        : Load(options.Key, path, () => PrivateKeyFile.Load(
            path, line.GetValue(options.Algorithm) ?? "ES256", line.GetValue(options.KeyId), secrets.Find(LoginOptions.KeyPasswordVariable)));

    private string Secret() => line.GetValue(options.SecretFile) is { } path
        ? Secrets.Read(options.SecretFile.Name, path)
        : secrets.Find(LoginOptions.SecretVariable)
            ?? throw new SettingsException(
                $"Nothing proves the client: give {options.Certificate.Name}, {options.Key.Name} or {options.SecretFile.Name}, or the secret in the environment variable {LoginOptions.SecretVariable}.");

    private string[] Values(Option<string[]> option) => line.GetValue(option) ?? [];

    private static T Load<T>(Option option, string path, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingsException($"{option.Name}: {path}: {exception.Message}");
        }
    }

    private static SettingsException Missing(Option asked, Option needed) => new($"{asked.Name} needs {needed.Name} too.");
}
