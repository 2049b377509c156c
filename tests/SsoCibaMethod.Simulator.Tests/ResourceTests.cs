using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>The UserInfo endpoint and the small API: who may come in.</summary>
public sealed class ResourceTests : IDisposable
{
    private readonly SimulatorHost _op = new(options =>
        options.Clients.Add(new("bound") { Secret = "other", AuthenticationMethod = "client_secret_post", CertificateBoundAccessTokens = true }));

    public void Dispose() => _op.Dispose();

    [Theory]
    [Trait("Spec", "T-16")]
    [InlineData("openid", new[] { "sub" })]
    [InlineData("openid profile email", new[] { "sub", "name", "email", "email_verified" })]
    public async Task The_scope_says_what_is_told_of_the_user(string scope, string[] claims)
    {
        var tokens = await RedeemAsync(("scope", scope));

        using var answer = await GetAsync("userinfo", $"Bearer {tokens.Text("access_token")}");

        var user = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(claims, user.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal(_op.Simulator.Options.Accounts[0].Subject, user.GetProperty("sub").GetString());
    }

    [Fact]
    [Trait("Spec", "T-16")]
    public async Task An_account_may_tell_more_here_than_in_the_id_token()
    {
        _op.Simulator.Options.Accounts[0] = new CibaSimulatorAccount("alice") { UserInfo = new() { ["phone_number"] = "+358", ["sub"] = "mallory" } };
        var tokens = await RedeemAsync();

        using var answer = await GetAsync("userinfo", $"Bearer {tokens.Text("access_token")}");

        Assert.Equal("""{"sub":"mallory","phone_number":"\u002B358"}""", await answer.Content.ReadAsStringAsync());
        Assert.DoesNotContain("phone_number", Base64UrlEncoder.Decode(tokens.Text("id_token").Split('.')[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Basic c2hvcDpzM2NyZXQ=", null)]
    [InlineData("Bearer", null)]
    [InlineData("Bearer made-up", "invalid_token")]
    [InlineData("DPoP made-up", "invalid_token")]
    public async Task Nobody_comes_in_without_a_token_of_ours(string? authorization, string? error)
    {
        using var answer = await GetAsync("userinfo", authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var challenge = answer.Headers.WwwAuthenticate.ToString();
        Assert.Equal(error is not null, challenge.Contains($"error=\"{error}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_an_id_token_nor_an_old_token_is_a_good_one()
    {
        var tokens = await RedeemAsync();
        using var byIdToken = await GetAsync("userinfo", $"Bearer {tokens.Text("id_token")}");
        using var byDPoP = await GetAsync("userinfo", $"DPoP {tokens.Text("access_token")}");
        _op.Clock.Advance(TimeSpan.FromMinutes(10));
        using var late = await GetAsync("userinfo", $"Bearer {tokens.Text("access_token")}");

        Assert.All([byIdToken, byDPoP, late], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Contains("expired", late.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "T-66")]
    [Trait("Spec", "T-65")]
    public async Task The_api_takes_a_token_that_was_made_for_it()
    {
        const string Payment = """[{"type":"payment_initiation","instructedAmount":{"currency":"EUR","amount":"25.00"},"creditorName":"Shop"}]""";
        var fitting = await RedeemAsync(("resource", SimulatorHost.Issuer + "/api"), ("authorization_details", Payment));

        using var plain = await GetAsync("api", $"Bearer {(await RedeemAsync()).Text("access_token")}");
        using var answer = await GetAsync("api", $"Bearer {fitting.Text("access_token")}");

        Assert.Equal(HttpStatusCode.Unauthorized, plain.StatusCode);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("shop", body.GetProperty("client_id").GetString());
        Assert.Equal("25.00", body.GetProperty("authorization_details")[0].GetProperty("instructedAmount").GetProperty("amount").GetString());
    }

    [Fact]
    [Trait("Spec", "T-44")]
    public async Task A_token_bound_to_a_certificate_is_good_only_with_it()
    {
        using var mine = Certificate();
        using var other = Certificate();
        (string, string?)[] credentials = [("client_id", "bound"), ("client_secret", "other")];
        _op.Simulator.ApproveNextFor("alice");
        var id = await _op.AskedAsync(credentials);

        var without = await _op.PollAsync(id, credentials);
        _op.ClientCertificate = mine;
        var token = (await _op.PollAsync(id, credentials)).Text("access_token");

        Assert.Equal("The tokens of this client are bound to its certificate, and it showed none.", without.Text("error_description"));
        var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(token.Split('.')[1])).RootElement;
        Assert.Equal(
            Base64UrlEncoder.Encode(mine.GetCertHash(HashAlgorithmName.SHA256)), claims.GetProperty("cnf").GetProperty("x5t#S256").GetString());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(mine));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(null));

        async Task<HttpStatusCode> StatusAsync(X509Certificate2? certificate)
        {
            _op.ClientCertificate = certificate;
            using var answer = await GetAsync("userinfo", $"Bearer {token}");
            return answer.StatusCode;
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private async Task<WireAnswer> RedeemAsync(params (string Name, string? Value)[] parameters)
    {
        _op.Simulator.ApproveNextFor("alice");
        return await _op.PollAsync(await _op.AskedAsync(parameters));
    }

    private async Task<HttpResponseMessage> GetAsync(string endpoint, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/op/{endpoint}");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _op.Http.SendAsync(request);
    }
}
