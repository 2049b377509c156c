using System.Text;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The exact form of a client secret in a header or in the form (RFC 6749 §2.3.1, T-29).</summary>
[Trait("Spec", "T-29")]
public sealed class ClientSecretTests
{
    [Fact]
    public async Task Basic_form_encodes_id_and_secret_before_base64()
    {
        using var op = new FakeOp();
        using var invoker = new HttpMessageInvoker(op);
        var settings = new CibaClientSettings { ClientId = "id:ä b", Authentication = new ClientSecretBasic("s%:+/é ~") };
        var source = new ProviderMetadataSource(new ProviderMetadataSettings { Client = settings, MetadataAddress = new Uri($"{FakeOp.Issuer}/.well-known/openid-configuration") }, invoker);

        await new CibaClient(settings, source, invoker).PollAsync("a");

        var header = op.Last.Headers.Split("Authorization: Basic ")[1].Trim();
        Assert.Equal("id%3A%C3%A4+b:s%25%3A%2B%2F%C3%A9+%7E", Encoding.ASCII.GetString(Convert.FromBase64String(header)));
        Assert.Equal(["auth_req_id", "grant_type"], op.Last.Form.Keys);
    }

    [Fact]
    public async Task Post_sends_id_and_secret_among_the_parameters_and_no_header()
    {
        using var stage = new Stage { Authentication = new ClientSecretPost("s%:+/é ~") };

        await stage.Client.PollAsync("a");

        Assert.Equal(("ubisecure-sso", "s%:+/é ~"), (stage.Op.Last.Form["client_id"], stage.Op.Last.Form["client_secret"]));
        Assert.DoesNotContain("Authorization", stage.Op.Last.Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HS256", 31)]
    [InlineData("HS384", 47)]
    [InlineData("HS512", 63)]
    public void A_secret_shorter_than_the_hash_signs_nothing(string algorithm, int length)
    {
        var secret = new string('s', length);

        var fault = Assert.Throws<ArgumentException>(() => new ClientSecretJwt(secret, algorithm));

        Assert.Contains($"needs at least {length + 1}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, fault.Message, StringComparison.Ordinal);
        Assert.Equal(algorithm, new ClientSecretJwt(secret + "s", algorithm).SigningAlgorithm);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("RS256")]
    [InlineData("")]
    public void A_secret_signs_with_HMAC_alone(string algorithm) => Assert.Throws<ArgumentException>(() => new ClientSecretJwt(TestKeys.Secret, algorithm));
}
