using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>Client authentication by certificate, over TLS as it is.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private static readonly X509Certificate2 SelfSigned = MakeSelfSigned("CN=till");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ciba-tls-");
    private TlsHost _op = null!;

    public async Task InitializeAsync() => _op = await TlsHost.StartAsync(_folder.FullName, options =>
    {
        options.Clients.Add(new("console")
        {
            AuthenticationMethod = "tls_client_auth",
            TlsClientAuthSubjectDn = "CN=client",
            CertificateBoundAccessTokens = true,
        });
        options.Clients.Add(new("till")
        {
            AuthenticationMethod = "self_signed_tls_client_auth",
            Jwks = JsonSerializer.Serialize(new { keys = new[] { new { kty = "EC", crv = "P-256", x = "AA", y = "AA", x5c = new[] { Convert.ToBase64String(SelfSigned.RawData) } } } }),
        });
        options.Clients.Add(new("shop") { Secret = "s3cret", AuthenticationMethod = "client_secret_post" });
    });

    public async Task DisposeAsync()
    {
        await _op.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    [Trait("Spec", "T-43")]
    [Trait("Spec", "T-45")]
    public async Task The_metadata_name_the_aliases_and_one_issuer()
    {
        var metadata = await _op.GetAsync(new(_op.Address, "op/.well-known/openid-configuration"));
        var byAlias = await _op.GetAsync(new(_op.MtlsAddress, "op/.well-known/openid-configuration"));

        Assert.Equal(new Uri(_op.Address, "op").AbsoluteUri, metadata.GetProperty("issuer").GetString());
        Assert.Equal(metadata.GetProperty("issuer").GetString(), byAlias.GetProperty("issuer").GetString());
        var aliases = metadata.GetProperty("mtls_endpoint_aliases");
        Assert.Equal(new Uri(_op.MtlsAddress, "op/token").AbsoluteUri, aliases.GetProperty("token_endpoint").GetString());
        Assert.Equal(new Uri(_op.MtlsAddress, "op/bc-authorize").AbsoluteUri, aliases.GetProperty("backchannel_authentication_endpoint").GetString());
        Assert.Equal(new Uri(_op.MtlsAddress, "op/userinfo").AbsoluteUri, aliases.GetProperty("userinfo_endpoint").GetString());
        Assert.Contains("tls_client_auth", metadata.GetProperty("token_endpoint_auth_methods_supported").EnumerateArray().Select(method => method.GetString()));
        Assert.True(metadata.GetProperty("tls_client_certificate_bound_access_tokens").GetBoolean());
    }

    [Fact]
    [Trait("Spec", "T-40")]
    [Trait("Spec", "T-44")]
    public async Task A_certificate_of_the_authority_with_the_registered_subject_signs_in()
    {
        using var client = _op.Certificates.IssueClient();
        _op.Simulator.ApproveNextFor("alice");

        var id = (await AskAsync("console", client)).Text("auth_req_id");
        var tokens = await _op.SendAsync(
            Alias("token"), client, ("client_id", "console"), ("grant_type", "urn:openid:params:grant-type:ciba"), ("auth_req_id", id));

        var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(tokens.Text("access_token").Split('.')[1])).RootElement;
        Assert.Equal(
            Base64UrlEncoder.Encode(client.GetCertHash(HashAlgorithmName.SHA256)), claims.GetProperty("cnf").GetProperty("x5t#S256").GetString());
        Assert.Equal(new Uri(_op.Address, "op").AbsoluteUri, claims.GetProperty("iss").GetString());
    }

    [Fact]
    [Trait("Spec", "T-40")]
    public async Task Any_other_certificate_does_not()
    {
        using var wrongName = _op.Certificates.IssueClient("CN=other", "other");
        using var wrongAuthority = MakeSelfSigned("CN=client");

        Assert.Equal("The client shows no certificate.", await ReasonAsync("console", null));
        Assert.Equal("The certificate names another subject.", await ReasonAsync("console", wrongName));
        Assert.Equal("The certificate is not a good one of an authority the OP trusts.", await ReasonAsync("console", wrongAuthority));
        Assert.Equal("The certificate is not a good one of an authority the OP trusts.", await ReasonAsync("console", _op.Certificates.Server));
    }

    [Fact]
    [Trait("Spec", "T-41")]
    public async Task A_self_signed_certificate_is_the_registered_one_or_none()
    {
        using var alike = MakeSelfSigned("CN=till");

        Assert.Null((await AskAsync("till", SelfSigned)).Error);
        Assert.Equal("The certificate is not the one that was registered.", await ReasonAsync("till", alike));
        Assert.Equal("The client shows no certificate.", await ReasonAsync("till", null));
    }

    [Fact]
    [Trait("Spec", "T-42")]
    public async Task A_certificate_helps_nobody_who_registered_another_way()
    {
        using var client = _op.Certificates.IssueClient();

        Assert.Equal("The client is registered for another way to authenticate.", await ReasonAsync("shop", client));
        Assert.Equal("The client is unknown.", await ReasonAsync("nobody", client));
    }

    [Fact]
    [Trait("Spec", "T-43")]
    public async Task The_first_address_asks_for_no_certificate()
    {
        using var client = _op.Certificates.IssueClient();

        var answer = await _op.SendAsync(
            new Uri(_op.Address, "op/bc-authorize").AbsoluteUri, client, ("client_id", "console"), ("scope", "openid"), ("login_hint", "alice"));

        Assert.Equal("The client shows no certificate.", answer.Text("error_description"));
    }

    private static X509Certificate2 MakeSelfSigned(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private string Alias(string endpoint) => new Uri(_op.MtlsAddress, "op/" + endpoint).AbsoluteUri;

    private Task<WireAnswer> AskAsync(string client, X509Certificate2? certificate) =>
        _op.SendAsync(Alias("bc-authorize"), certificate, ("client_id", client), ("scope", "openid"), ("login_hint", "alice"));

    private async Task<string> ReasonAsync(string client, X509Certificate2? certificate) =>
        (await AskAsync(client, certificate)).Text("error_description");
}
