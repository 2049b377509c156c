using System.Text;
using System.Text.Json;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What a client assertion says, and to whom (RFC 7523 as updated, T-20..T-29).</summary>
public sealed class ClientAssertionTests
{
    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [InlineData("RS256")]
    [Trait("Spec", "T-25")]
    public async Task A_private_key_s_assertion_has_the_claims_and_a_good_signature(string algorithm)
    {
        var sent = await SentAsync(Authentications.PrivateKey(algorithm));

        AssertClaims(sent, algorithm, "client-key");
        Assert.True(algorithm == "ES256" ? sent.IsSignedBy(TestKeys.P256) : sent.IsSignedBy(TestKeys.Rsa));
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [Trait("Spec", "T-29")]
    public async Task A_secret_s_assertion_has_the_same_claims_and_a_good_signature(string algorithm)
    {
        var sent = await SentAsync(new ClientSecretJwt(TestKeys.Secret, algorithm));

        AssertClaims(sent, algorithm, kid: null);
        Assert.Equal(Signer.For(algorithm, Encoding.UTF8.GetBytes(TestKeys.Secret))(sent.Signed), sent.Signature);
    }

    [Theory]
    [InlineData(ClientAssertionAudience.Issuer, FakeOp.Issuer, FakeOp.Issuer)]
    [InlineData(ClientAssertionAudience.TokenEndpoint, FakeOp.Issuer + "/oidc/token", FakeOp.Issuer + "/oidc/token")]
    [InlineData(ClientAssertionAudience.Endpoint, FakeOp.Issuer + "/oidc/bc-authorize", FakeOp.Issuer + "/oidc/token")]
    [Trait("Spec", "T-28")]
    public async Task The_audience_is_one_text_at_both_endpoints(ClientAssertionAudience audience, string atStart, string atPoll)
    {
        using var stage = new Stage { Authentication = Authentications.PrivateKey(form: new ClientAssertionForm(audience)) };

        await stage.Client.StartAsync(Stage.Johndoe);
        Assert.Equal(atStart, Of(stage.Op.Last).Claims.GetProperty("aud").GetString());
        await stage.Client.PollAsync("a");
        Assert.Equal(atPoll, Of(stage.Op.Last).Claims.GetProperty("aud").GetString());
    }

    [Fact]
    [Trait("Spec", "T-24")]
    public async Task The_audience_keeps_the_issuer_s_final_slash()
    {
        using var stage = new Stage { Authentication = Authentications.PrivateKey() };
        stage.Op.Metadata["issuer"] = FakeOp.Issuer + "/";

        await stage.Client.PollAsync("a");

        Assert.Equal(FakeOp.Issuer + "/", Of(stage.Op.Last).Claims.GetProperty("aud").GetString());
    }

    [Fact]
    [Trait("Spec", "T-22")]
    public async Task The_type_can_be_switched_for_an_OP_that_refuses_the_explicit_one()
    {
        var sent = await SentAsync(Authentications.PrivateKey(form: new ClientAssertionForm(Type: "JWT")));

        Assert.Equal("JWT", sent.Header.GetProperty("typ").GetString());
    }

    [Fact]
    [Trait("Spec", "T-25")]
    public async Task Every_request_has_an_assertion_of_its_own_every_poll_too()
    {
        const int Polls = 50;
        using var stage = new Stage { Authentication = Authentications.PrivateKey() };

        await stage.Client.StartAsync(Stage.Johndoe);
        for (var i = 0; i < Polls; i++)
        {
            await stage.Client.PollAsync("a");
        }

        var ids = stage.Op.Seen.Where(exchange => exchange.Method == HttpMethod.Post).Select(exchange => Of(exchange).Claims.GetProperty("jti").GetString()!).ToList();
        Assert.Equal(Polls + 1, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id.Length >= 22, "128 bits"));
    }

    private static async Task<SentJwt> SentAsync(ClientAuthentication authentication)
    {
        using var stage = new Stage { Authentication = authentication };
        await stage.Client.PollAsync("a");
        var form = stage.Op.Last.Form;
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"]);
        Assert.Equal(TestToken.ClientId, form["client_id"]);
        Assert.DoesNotContain("client_secret", form.Keys);
        return Of(stage.Op.Last);
    }

    private static void AssertClaims(SentJwt sent, string algorithm, string? kid)
    {
        var now = TestToken.At(TimeSpan.Zero);
        Assert.Equal((algorithm, "client-authentication+jwt"), (sent.Header.GetProperty("alg").GetString(), sent.Header.GetProperty("typ").GetString()));
        Assert.Equal(kid, sent.Header.TryGetProperty("kid", out var id) ? id.GetString() : null);
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "sub"], sent.Claims.EnumerateObject().Select(claim => claim.Name).Order());
        Assert.Equal((TestToken.ClientId, TestToken.ClientId), (sent.Claims.GetProperty("iss").GetString(), sent.Claims.GetProperty("sub").GetString()));
        Assert.Equal(JsonValueKind.String, sent.Claims.GetProperty("aud").ValueKind);
        Assert.Equal(FakeOp.Issuer, sent.Claims.GetProperty("aud").GetString());
        Assert.Equal((now, now + 60), (sent.Claims.GetProperty("iat").GetInt64(), sent.Claims.GetProperty("exp").GetInt64()));
    }

    private static SentJwt Of(FakeOp.Exchange exchange) => SentJwt.Parse(exchange.Form["client_assertion"]);
}
