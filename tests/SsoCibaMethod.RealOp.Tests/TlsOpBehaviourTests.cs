using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The OP alone, asked by plain HTTP over TLS: it is as strict as the tests of the client assume.</summary>
public sealed class TlsOpBehaviourTests(TlsOp tls) : IClassFixture<TlsOp>
{
    private static readonly X500DistinguishedName Subject = new("CN=client, O=Tests");

    private RealOp Op => tls.Op;

    [RealOpFact]
    public async Task SpeaksHttp2AndNamesWhereCertificatesAreAskedFor()
    {
        var metadata = await Op.Http.GetFromJsonAsync<JsonElement>("/.well-known/openid-configuration");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/jwks") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var keys = await Op.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, keys.StatusCode);
        Assert.StartsWith("https://", Op.Issuer, StringComparison.Ordinal);
        Assert.Equal(Op.Issuer, metadata.GetProperty("issuer").GetString());
        Assert.Equal($"{Op.Issuer}/token", metadata.GetProperty("token_endpoint").GetString());
        Assert.Equal($"{Op.Mutual}/token", metadata.GetProperty("mtls_endpoint_aliases").GetProperty("token_endpoint").GetString());
        Assert.NotEqual(Op.Issuer, Op.Mutual);
    }

    [RealOpFact]
    [Trait("Spec", "T-40")]
    public async Task TakesACertificateOfItsAuthorityForTheRegisteredSubjectAlone()
    {
        await Op.AddClientAsync(new("of-authority") { AuthenticationMethod = "tls_client_auth", SubjectName = "CN=client,O=Tests" });
        using var own = tls.Authority.IssueClient(Subject);
        using var renewed = tls.Authority.IssueClient(Subject);
        using var another = tls.Authority.IssueClient(new("CN=another, O=Tests"));
        using var vouchedByNobody = LocalAuthority.SelfSigned(Subject);

        Assert.Equal(HttpStatusCode.OK, await AuthenticateAsync("of-authority", own));
        Assert.Equal(HttpStatusCode.OK, await AuthenticateAsync("of-authority", renewed));
        Assert.Equal(HttpStatusCode.Unauthorized, await AuthenticateAsync("of-authority", another));
        Assert.Equal(HttpStatusCode.Unauthorized, await AuthenticateAsync("of-authority", vouchedByNobody));
        Assert.Equal(HttpStatusCode.Unauthorized, await AuthenticateAsync("of-authority", certificate: null));
    }

    [RealOpFact]
    [Trait("Spec", "T-40")]
    public async Task KnowsASubjectByAnAlternativeName()
    {
        await Op.AddClientAsync(new("of-uri") { AuthenticationMethod = "tls_client_auth", SubjectUri = "https://client.example/" });
        using var own = tls.Authority.IssueClient(Subject, names => names.AddUri(new Uri("https://client.example/")));
        using var another = tls.Authority.IssueClient(Subject, names => names.AddUri(new Uri("https://another.example/")));

        Assert.Equal(HttpStatusCode.OK, await AuthenticateAsync("of-uri", own));
        Assert.Equal(HttpStatusCode.Unauthorized, await AuthenticateAsync("of-uri", another));
    }

    [RealOpFact]
    [Trait("Spec", "T-41")]
    public async Task TakesARegisteredSelfSignedCertificateAlone()
    {
        using var own = LocalAuthority.SelfSigned(Subject);
        using var another = LocalAuthority.SelfSigned(Subject);
        using var ofAuthority = tls.Authority.IssueClient(Subject);
        await Op.AddClientAsync(new("self-signed") { AuthenticationMethod = "self_signed_tls_client_auth", KeySet = ClientKeyFile.CertificateKeySet(own) });

        Assert.Equal(HttpStatusCode.OK, await AuthenticateAsync("self-signed", own));
        Assert.Equal(HttpStatusCode.Unauthorized, await AuthenticateAsync("self-signed", another));
        Assert.Equal(HttpStatusCode.Unauthorized, await AuthenticateAsync("self-signed", ofAuthority));
    }

    [RealOpFact]
    [Trait("Spec", "C-80")]
    public async Task PingsByHttpsAndTrustsItsAuthorityAlone()
    {
        var received = new ConcurrentQueue<string>();
        using var stranger = new LocalAuthority();
        await using var known = await NotificationListener.StartAsync(tls.Authority, Receive);
        await using var unknown = await NotificationListener.StartAsync(stranger, Receive);

        Assert.Equal(204, await PingStatusAsync("pinged", known.Address));
        Assert.Equal(0, await PingStatusAsync("not-pinged", unknown.Address));
        Assert.Equal(["notification-token-of-pinged"], received);

        bool Receive(string token, ReadOnlyMemory<byte> body)
        {
            received.Enqueue(token);
            return true;
        }
    }

    private async Task<int> PingStatusAsync(string client, string address)
    {
        await Op.AddClientAsync(new(client) { ClientSecret = "the secret", DeliveryMode = "ping", AuthenticationMethod = "client_secret_post", NotificationEndpoint = address });
        await Op.AddAccountAsync(new(client));
        Dictionary<string, string> form = new()
        {
            ["client_id"] = client,
            ["client_secret"] = "the secret",
            ["scope"] = "openid",
            ["login_hint"] = client,
            ["client_notification_token"] = $"notification-token-of-{client}",
        };
        using var content = new FormUrlEncodedContent(form);
        using var response = await Op.Http.PostAsync(new Uri("/backchannel", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Op.ApproveAsync(client);
        return Assert.Single((await Op.SeenAsync()).Calls, call => call.Url == address).Status;
    }

    private async Task<HttpStatusCode> AuthenticateAsync(string client, X509Certificate2? certificate)
    {
        using var http = new HttpClient(Op.Network(certificate));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = client, ["scope"] = "openid", ["login_hint"] = "alice" });
        using var response = await http.PostAsync(new Uri($"{Op.Mutual}/backchannel"), form);
        return response.StatusCode;
    }
}
