using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>DPoP with the real OP, which takes no proof without a nonce of its own (RFC 9449).</summary>
public sealed class TlsProofTests(TlsOp tls) : IClassFixture<TlsOp>
{
    private RealOp Op => tls.Op;

    private Uri UserInfo => new($"{Op.Issuer}/me");

    [RealOpTheory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_jwt")]
    [InlineData("private_key_jwt")]
    [Trait("Spec", "T-60")]
    [Trait("Spec", "T-61")]
    [Trait("Spec", "T-62")]
    public async Task TokenIsBoundToTheKey(string authentication)
    {
        var key = DPoPKey.Create();
        using var client = await RegisterAsync($"proof-{authentication}", authentication, key);

        var first = await client.SignInAsync(new() { LoginHint = "alice", Scope = ["openid", "accounts"], Resources = ["https://bank.example/accounts"] });
        var second = await client.SignInAsync(new() { LoginHint = "alice" });

        // The nonce is learnt once; a request repeated for it is a new one in everything that may be used but once.
        Assert.Equal(["use_dpop_nonce", null], first.Seen.Polls.Select(poll => poll.Error));
        Assert.Equal([null], second.Seen.Polls.Select(poll => poll.Error));
        Assert.Equal(("alice", "DPoP"), (first.Subject, first.Tokens.TokenType));
        var confirmation = new JsonWebToken(first.Tokens.AccessToken).GetPayloadValue<JsonElement>("cnf");
        Assert.Equal(key.Thumbprint, confirmation.GetProperty("jkt").GetString());
        var seen = await Op.SeenAsync();
        var proofs = seen.Proofs.Where(proof => proof.Client == $"proof-{authentication}").ToList();
        Assert.Equal(3, proofs.Count);
        Assert.All(proofs, proof => Assert.Equal(("token", "dpop+jwt", "ES256", false), (proof.Endpoint, proof.Type, proof.Algorithm, proof.Duplicate)));
        Assert.DoesNotContain(seen.Assertions, assertion => assertion.Duplicate);
    }

    [RealOpFact]
    [Trait("Spec", "T-60")]
    [Trait("Spec", "T-62")]
    public async Task AnApplicationSignsInWithTokensBoundToItsKey()
    {
        using var folder = new TemporaryFolder();
        var keys = ClientKeyFile.EcPem(folder, "proof");
        await Op.AddClientAsync(new("proof-app") { ClientSecret = CibaHost.Secret, DPoPBoundTokens = true });
        await Op.AddAccountAsync(new("user-of-proof-app"));
        await using var host = await CibaHost.StartAsync([new("proof-app", options =>
        {
            options.Authority = Op.Issuer;
            options.BackchannelTrust = tls.Authority.RootFile;
            options.ClientSecret = CibaHost.Secret;
            options.DPoP.Key = keys.Path;
            options.Scope = ["openid", "accounts"];
            options.Resources = ["https://bank.example/accounts"];
            options.SaveTokens = true;
        })]);

        using var login = await UserLogin.BeginAsync(host, "user-of-proof-app", "proof-app");
        _ = await Op.WaitForRequestAsync("user-of-proof-app");
        await Op.ApproveAsync("user-of-proof-app");
        Assert.Equal("approved", await login.EndAsync());

        var user = host.Users["proof-app"];
        Assert.Equal("DPoP", user.Properties!.GetTokenValue("token_type"));
        var bound = new JsonWebToken(user.Properties!.GetTokenValue("access_token")).GetPayloadValue<JsonElement>("cnf").GetProperty("jkt").GetString();
        Assert.Equal(new DPoPKey(PrivateKeyFile.Load(keys.Path, "ES256", keyId: null)).Thumbprint, bound);
    }

    [RealOpFact]
    [Trait("Spec", "T-60")]
    public async Task TokenIsOfUseWithAProofByThatKeyAlone()
    {
        var key = DPoPKey.Create();
        using var client = await RegisterAsync("api", "client_secret_basic", key);
        var token = (await client.SignInAsync(new() { LoginHint = "alice" })).Tokens.AccessToken;

        var (first, nonce) = await CallAsync("DPoP", token, key.CreateProof(HttpMethod.Get, UserInfo, token));
        Assert.Equal(HttpStatusCode.Unauthorized, first);
        Assert.NotNull(nonce);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync("DPoP", token, key.CreateProof(HttpMethod.Get, UserInfo, token, nonce))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync("DPoP", token, DPoPKey.Create().CreateProof(HttpMethod.Get, UserInfo, token, nonce))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync("DPoP", token, key.CreateProof(HttpMethod.Get, UserInfo, $"{token}x", nonce))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync("Bearer", token, proof: null)).Status);
    }

    private async Task<DirectClient> RegisterAsync(string name, string authentication, DPoPKey key)
    {
        using var folder = new TemporaryFolder();
        var keys = ClientKeyFile.EcPem(folder, "key");
        RealOpClient registration = new(name)
        {
            AuthenticationMethod = authentication,
            ClientSecret = CibaHost.Secret,
            KeySet = keys.PublicKeySet,
            DPoPBoundTokens = true,
        };
        CibaClientSettings settings = new()
        {
            ClientId = name,
            DPoP = key,
            Authentication = authentication switch
            {
                "client_secret_basic" => new ClientSecretBasic(CibaHost.Secret),
                "client_secret_jwt" => new ClientSecretJwt(CibaHost.Secret),
                _ => new PrivateKeyJwt(PrivateKeyFile.Load(keys.Path, "ES256", "key")),
            },
        };
        return await DirectClient.RegisterAsync(tls, registration, settings);
    }

    private async Task<(HttpStatusCode Status, string? Nonce)> CallAsync(string scheme, string token, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, UserInfo);
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, token);
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        using var response = await Op.Http.SendAsync(request);
        return (response.StatusCode, response.Headers.TryGetValues("DPoP-Nonce", out var nonces) ? nonces.Single() : null);
    }
}
