using System.Text;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Which address is called by a client that shows a certificate (RFC 8705 §5).</summary>
[Trait("Spec", "T-43")]
public sealed class MutualTlsAliasTests
{
    private const string Alias = "https://mtls.op.example/token";

    [Theory]
    [InlineData("""{"token_endpoint":"https://mtls.op.example/token"}""", Alias)]
    [InlineData("""{"userinfo_endpoint":"https://mtls.op.example/me"}""", FakeOp.Issuer + "/oidc/token")]
    [InlineData("{}", FakeOp.Issuer + "/oidc/token")]
    [InlineData("[]", FakeOp.Issuer + "/oidc/token")]
    [InlineData("null", FakeOp.Issuer + "/oidc/token")]
    [InlineData("\"x\"", FakeOp.Issuer + "/oidc/token")]
    [Trait("Spec", "T-45")]
    public void The_alias_is_called_where_there_is_one_and_the_issuer_stays(string aliases, string called)
    {
        var metadata = Assert.IsType<ProviderMetadataResult.Usable>(Check(aliases)).Metadata;

        Assert.Equal((called, FakeOp.Issuer), (metadata.TokenEndpoint.OriginalString, metadata.Issuer));
        Assert.Equal(FakeOp.Issuer + "/oidc/token", metadata.NamedTokenEndpoint!.OriginalString);
    }

    [Theory]
    [InlineData("""{"token_endpoint":"http://op.example/token"}""")]
    [InlineData("""{"token_endpoint":"/token"}""")]
    [InlineData("""{"token_endpoint":""}""")]
    [InlineData("""{"token_endpoint":7}""")]
    [InlineData("""{"token_endpoint":null}""")]
    [InlineData("""{"token_endpoint":"\ud800"}""")]
    [Trait("Spec", "S-50")]
    public void An_alias_that_is_not_https_is_a_fault(string aliases) => Assert.Equal(
        "The metadata's mtls_endpoint_aliases, token_endpoint, is not an https address.",
        Assert.Single(Assert.IsType<ProviderMetadataResult.Mismatch>(Check(aliases)).Faults));

    [Fact]
    public void A_client_without_a_certificate_looks_at_no_alias() => Assert.Equal(
        FakeOp.Issuer + "/oidc/token",
        Assert.IsType<ProviderMetadataResult.Usable>(Check("""{"token_endpoint":7}""", new ClientSecretPost("s"))).Metadata.TokenEndpoint.OriginalString);

    [Fact]
    public void A_configured_endpoint_wins() => Assert.Equal(
        "https://proxy.example/token",
        Assert.IsType<ProviderMetadataResult.Usable>(Check($$"""{"token_endpoint":"{{Alias}}"}""", configured: new Uri("https://proxy.example/token"))).Metadata.TokenEndpoint.OriginalString);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("https://op.example/me", null, "https://op.example/me")]
    [InlineData("https://op.example/me", "https://mtls.op.example/me", "https://mtls.op.example/me")]
    [InlineData("http://op.example/me", null, null)]
    public void The_userinfo_endpoint_has_an_alias_too_and_may_be_absent(string? offered, string? alias, string? called)
    {
        var metadata = Assert.IsType<ProviderMetadataResult.Usable>(
            Check(alias is null ? "{}" : $$"""{"userinfo_endpoint":"{{alias}}"}""", userInfo: offered)).Metadata;

        Assert.Equal(called, metadata.UserInfoEndpoint?.OriginalString);
    }

    private static ProviderMetadataResult Check(string aliases, ClientAuthentication? authentication = null, Uri? configured = null, string? userInfo = null)
    {
        using var op = new FakeOp();
        if (userInfo is not null)
        {
            op.Metadata["userinfo_endpoint"] = userInfo;
        }

        op.Metadata["mtls_endpoint_aliases"] = "@";
        var document = op.Metadata.ToJsonString().Replace("\"@\"", aliases, StringComparison.Ordinal);
        return new ProviderMetadataReader(new ProviderMetadataSettings
        {
            Client = new CibaClientSettings { ClientId = "c", Authentication = authentication ?? new TlsClientAuth() },
            MetadataFile = "x",
            TokenEndpoint = configured,
        }).Check(ProviderMetadataReader.Parse(Encoding.UTF8.GetBytes(document))!, []);
    }
}
