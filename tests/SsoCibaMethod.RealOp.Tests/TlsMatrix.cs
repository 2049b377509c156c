using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The clients of the run over TLS: every client authentication with both delivery modes.</summary>
internal static class TlsMatrix
{
    public static readonly IReadOnlyList<string> Authentications =
        ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"];

    public static readonly IReadOnlyList<string> Modes = ["poll", "ping"];

    public static IReadOnlyList<TlsMethod> All(TlsOp tls, TemporaryFolder folder)
    {
        var pem = ClientKeyFile.EcPem(folder, "key");
        return
        [
            .. Authentications.SelectMany(authentication => Modes.Select(mode => authentication switch
            {
                "tls_client_auth" => Certified(tls, folder, mode),
                "self_signed_tls_client_auth" => SelfSigned(folder, mode),
                _ => Of(authentication, mode, pem),
            })),
        ];
    }

    private static TlsMethod Of(string authentication, string mode, ClientKeyFile keys) => Method(
        authentication,
        mode,
        client => client with { ClientSecret = CibaHost.Secret, KeySet = keys.PublicKeySet },
        options =>
        {
            options.ClientSecret = CibaHost.Secret;
            options.ClientAuthentication.Key = authentication == "private_key_jwt" ? keys.Path : null;
            options.ClientAuthentication.KeyId = "key";
        });

    private static TlsMethod Certified(TlsOp tls, TemporaryFolder folder, string mode)
    {
        var subject = $"CN=certified-{mode}";
        var certificate = tls.Authority.IssueClient(new X500DistinguishedName(subject));
        return ByCertificate("tls_client_auth", mode, folder, certificate, client => client with { SubjectName = subject });
    }

    private static TlsMethod SelfSigned(TemporaryFolder folder, string mode)
    {
        var certificate = LocalAuthority.SelfSigned(new X500DistinguishedName($"CN=self-signed-{mode}"));
        JsonElement? keys = ClientKeyFile.CertificateKeySet(certificate);
        return ByCertificate("self_signed_tls_client_auth", mode, folder, certificate, client => client with { KeySet = keys });
    }

    private static TlsMethod ByCertificate(
        string authentication, string mode, TemporaryFolder folder, X509Certificate2 certificate, Func<RealOpClient, RealOpClient> register)
    {
        var file = ClientCertificates.WritePem(folder, $"{authentication}-{mode}.pem", certificate);
        return Method(authentication, mode, register, options => options.ClientAuthentication.Certificate = file) with
        {
            Certificate = ClientCertificates.Thumbprint(certificate),
        };
    }

    private static TlsMethod Method(string authentication, string mode, Func<RealOpClient, RealOpClient> register, Action<CibaOptions> configure) => new(
        $"{authentication}-{mode}",
        callback => register(new($"{authentication}-{mode}")
        {
            AuthenticationMethod = authentication,
            DeliveryMode = mode,
            NotificationEndpoint = mode == "ping" ? $"{callback}/notification" : null,
        }),
        options =>
        {
            options.TokenDeliveryMode = mode == "ping" ? TokenDeliveryMode.Ping : TokenDeliveryMode.Poll;
            options.ClientAuthentication.Method = authentication;
            configure(options);
        })
    {
        IsPing = mode == "ping",
    };
}
