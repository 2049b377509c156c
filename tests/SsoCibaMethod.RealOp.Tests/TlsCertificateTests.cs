using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.JsonWebTokens;
using SsoCibaMethod.Client;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>Mutual TLS with the real OP (RFC 8705): both client authentications, bound tokens, renewal.</summary>
public sealed class TlsCertificateTests(TlsOp tls) : IClassFixture<TlsOp>, IDisposable
{
    private const string Api = "https://bank.example/accounts";

    private readonly TemporaryFolder _folder = new();

    private RealOp Op => tls.Op;

    [RealOpTheory]
    [InlineData("private_key_jwt")]
    [InlineData("client_secret_basic")]
    [InlineData("tls_client_auth")]
    [InlineData("self_signed_tls_client_auth")]
    [Trait("Spec", "T-43")]
    [Trait("Spec", "T-44")]
    public async Task TokenIsBoundToTheCertificate(string authentication)
    {
        var name = $"bound-{authentication}";
        using var certificate = Issue(authentication, name);
        using var client = await RegisterAsync(authentication, name, certificate, File(name, certificate));

        var login = await client.SignInAsync(new() { LoginHint = "alice", Scope = ["openid", "accounts"], Resources = [Api] });

        Assert.Equal("alice", login.Subject);
        AssertSeen(login.Seen, certificate);
        var confirmation = new JsonWebToken(login.Tokens.AccessToken).GetPayloadValue<System.Text.Json.JsonElement>("cnf");
        Assert.Equal(ClientCertificates.Thumbprint(certificate), confirmation.GetProperty("x5t#S256").GetString());
    }

    [RealOpTheory]
    [InlineData("tls_client_auth")]
    [InlineData("self_signed_tls_client_auth")]
    [Trait("Spec", "T-42")]
    public async Task CertificateIsTheOnlyProof(string authentication)
    {
        using var certificate = Issue(authentication, authentication);
        using var client = await RegisterAsync(authentication, authentication, certificate, File(authentication, certificate));

        var login = await client.SignInAsync(new() { LoginHint = "alice" });

        Assert.Equal(["client_id", "login_hint", "scope"], login.Seen.Parameters.Order(StringComparer.Ordinal));
    }

    [RealOpFact]
    [Trait("Spec", "S-54")]
    public async Task RenewedCertificateIsShownWithoutARestart()
    {
        var time = new ManualTimeProvider();
        using var old = Issue("tls_client_auth", "renewed");
        using var renewed = Issue("tls_client_auth", "renewed");
        var path = ClientCertificates.WritePfx(_folder, "renewed.pfx", old);
        using var client = await RegisterAsync("tls_client_auth", "renewed", old, new(path, ClientCertificates.Password, time: time));
        var before = await client.SignInAsync(new() { LoginHint = "alice" });

        ClientCertificates.WritePfx(_folder, "renewed.pfx", renewed);
        time.Advance(TimeSpan.FromSeconds(2));
        var after = await client.SignInAsync(new() { LoginHint = "alice" });

        AssertSeen(before.Seen, old);
        AssertSeen(after.Seen, renewed);

        // Each token is good with the certificate it was bound to, and with no other.
        Assert.Equal(HttpStatusCode.Unauthorized, await UserInfoAsync(before.Tokens, renewed));
        Assert.Equal(HttpStatusCode.Unauthorized, await UserInfoAsync(before.Tokens, certificate: null));
        Assert.Equal(HttpStatusCode.OK, await UserInfoAsync(before.Tokens, old));
        Assert.Equal(HttpStatusCode.OK, await UserInfoAsync(after.Tokens, renewed));
    }

    public void Dispose() => _folder.Dispose();

    private void AssertSeen(SeenRequest request, X509Certificate2 certificate)
    {
        var expected = (Op.Mutual, ClientCertificates.Thumbprint(certificate));
        Assert.Equal(expected, (request.Origin, request.Certificate));
        Assert.Equal(expected, Assert.Single(request.Polls.Select(poll => (poll.Origin, poll.Certificate))));
    }

    private X509Certificate2 Issue(string authentication, string name) =>
        authentication == "self_signed_tls_client_auth" ? LocalAuthority.SelfSigned(new($"CN={name}")) : tls.Authority.IssueClient(new($"CN={name}"));

    private ClientCertificateFile File(string name, X509Certificate2 certificate) =>
        new(ClientCertificates.WritePem(_folder, $"{name}.pem", certificate));

    private async Task<DirectClient> RegisterAsync(string authentication, string name, X509Certificate2 certificate, ClientCertificateFile file)
    {
        var keys = ClientKeyFile.EcPem(_folder, "key");
        RealOpClient registration = new(name)
        {
            AuthenticationMethod = authentication,
            ClientSecret = CibaHost.Secret,
            KeySet = authentication == "self_signed_tls_client_auth" ? ClientKeyFile.CertificateKeySet(certificate) : keys.PublicKeySet,
            SubjectName = authentication == "tls_client_auth" ? $"CN={name}" : null,
            CertificateBoundTokens = true,
        };
        CibaClientSettings settings = new()
        {
            ClientId = name,
            ClientCertificate = file,
            Authentication = authentication switch
            {
                "private_key_jwt" => new PrivateKeyJwt(PrivateKeyFile.Load(keys.Path, "ES256", "key")),
                "client_secret_basic" => new ClientSecretBasic(CibaHost.Secret),
                "tls_client_auth" => new TlsClientAuth(),
                _ => new SelfSignedTlsClientAuth(),
            },
        };
        return await DirectClient.RegisterAsync(tls, registration, settings);
    }

    private async Task<HttpStatusCode> UserInfoAsync(TokenSet tokens, X509Certificate2? certificate)
    {
        using var http = new HttpClient(Op.Network(certificate));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Op.Mutual}/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
