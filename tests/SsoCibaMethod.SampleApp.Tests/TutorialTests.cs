using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.SampleApp.Tests;

/// <summary>The console tutorial against the sample application: a certificate from the OP's authority, a client registered by its subject, tokens.</summary>
public sealed class TutorialTests : IDisposable
{
    private readonly HttpsSampleApp _app = HttpsSampleApp.Start();

    public void Dispose() => _app.Dispose();

    [Fact]
    [Trait("Spec", "T-40")]
    [Trait("Spec", "T-43")]
    [Trait("Spec", "T-44")]
    public async Task A_console_with_the_issued_certificate_gets_tokens_bound_to_it()
    {
        var certificate = new ClientCertificateFile(_app.PathOf("client.pfx"));
        using var http = Trusting(certificate);
        var settings = new CibaClientSettings { ClientId = "console", Authentication = new TlsClientAuth(), ClientCertificate = certificate };
        var client = new CibaClient(settings, Metadata(settings, http), http);
        _app.Op.ApproveNextFor("alice");

        var result = await client.AuthenticateAsync(
            new BackchannelAuthenticationRequest { LoginHint = "alice", BindingMessage = "Message", RequestedExpiry = TimeSpan.FromSeconds(200) });

        var approved = Assert.IsType<CibaAuthenticationResult.Approved>(result);
        Assert.Equal(_app.Authority.AbsoluteUri, approved.Issuer);
        var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(approved.Tokens.AccessToken.Split('.')[1])).RootElement;
        Assert.Equal(
            Base64UrlEncoder.Encode(certificate.Certificate.GetCertHash(HashAlgorithmName.SHA256)),
            claims.GetProperty("cnf").GetProperty("x5t#S256").GetString());
        Assert.True(File.Exists(_app.PathOf("client.pem")));
    }

    [Fact]
    public async Task The_http_address_goes_on_as_before()
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());

        var metadata = await GetAsync(http, new Uri(_app.HttpAddress, "op/.well-known/openid-configuration"));

        Assert.Equal(new Uri(_app.HttpAddress, "op").AbsoluteUri, metadata.GetProperty("issuer").GetString());
        Assert.False(metadata.TryGetProperty("mtls_endpoint_aliases", out _));
    }

    [Fact]
    [Trait("Spec", "S-50")]
    public async Task Whoever_does_not_trust_the_authority_sees_nothing()
    {
        using var http = new HttpMessageInvoker(BackchannelTransport.CreateHandler());

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(http, new Uri(_app.Authority + "/.well-known/openid-configuration")));
    }

    private static async Task<JsonElement> GetAsync(HttpMessageInvoker http, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var answer = await http.SendAsync(request, CancellationToken.None);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private HttpMessageInvoker Trusting(ClientCertificateFile certificate) => new(BackchannelTransport.CreateHandler(
        new BackchannelTransportSettings { ClientCertificate = certificate, TrustFile = _app.PathOf("ca.pem") }));

    private ProviderMetadataSource Metadata(CibaClientSettings settings, HttpMessageInvoker http) => new(
        new ProviderMetadataSettings
        {
            MetadataAddress = new Uri(_app.Authority + "/.well-known/openid-configuration"),
            ExpectedIssuer = _app.Authority.AbsoluteUri,
            Client = settings,
        },
        http);
}
