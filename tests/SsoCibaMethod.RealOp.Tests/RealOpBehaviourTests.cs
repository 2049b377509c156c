using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The OP alone, asked by plain HTTP: it behaves as the tests of the handler assume.</summary>
public sealed class RealOpBehaviourTests(RealOp op) : IClassFixture<RealOp>
{
    private const string Secret = "a secret of the tests, long enough";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    [RealOpFact]
    public async Task SignsInByPolling()
    {
        await op.AddClientAsync(new("basic") { ClientSecret = Secret });

        var acknowledgement = await AuthenticateAsync(("scope", "openid profile"), ("login_hint", "alice"), ("binding_message", "W4SCT"));
        var authReqId = acknowledgement.GetProperty("auth_req_id").GetString()!;
        Assert.Equal(600, acknowledgement.GetProperty("expires_in").GetInt32());
        Assert.False(acknowledgement.TryGetProperty("interval", out _));
        var request = await op.WaitForRequestAsync("alice");
        Assert.Equal((authReqId, "basic", "W4SCT"), (request.AuthReqId, request.Client, request.BindingMessage));
        Assert.Equal("authorization_pending", await PollErrorAsync(authReqId));

        await op.ApproveAsync("alice");
        var tokens = await PollAsync(authReqId);
        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        var idToken = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal((op.Issuer, "alice", "RS256"), (idToken.Issuer, idToken.Subject, idToken.Alg));
        Assert.Equal("basic", Assert.Single(idToken.Audiences));
        Assert.False(idToken.TryGetClaim("at_hash", out _));

        Assert.Equal("invalid_grant", await PollErrorAsync(authReqId));
        var polls = (await op.SeenAsync()).Request(authReqId).Polls;
        Assert.Equal(["authorization_pending", null, "invalid_grant"], polls.Select(poll => poll.Error));
        Assert.DoesNotContain(polls, poll => poll.Overlapping);
    }

    [RealOpFact]
    public async Task NamesWhatIsWrongWithTheUser()
    {
        await op.AddClientAsync(new("basic") { ClientSecret = Secret });

        Assert.Equal("unknown_user_id", await AuthenticateErrorAsync(("scope", "openid"), ("login_hint", "nobody")));
        Assert.Equal("missing_user_code", await AuthenticateErrorAsync(("scope", "openid"), ("login_hint", "bob")));
        Assert.Equal("invalid_user_code", await AuthenticateErrorAsync(("scope", "openid"), ("login_hint", "bob"), ("user_code", "1")));
        Assert.Equal("invalid_binding_message", await AuthenticateErrorAsync(("scope", "openid"), ("login_hint", "alice"), ("binding_message", "two words")));

        var acknowledgement = await AuthenticateAsync(("scope", "openid"), ("login_hint", "bob"), ("user_code", "1234"), ("requested_expiry", "90"));
        Assert.Equal(90, acknowledgement.GetProperty("expires_in").GetInt32());
        await op.WaitForRequestAsync("bob");
        await op.DeclineAsync("bob");
        Assert.Equal("access_denied", await PollErrorAsync(acknowledgement.GetProperty("auth_req_id").GetString()!));
    }

    [RealOpFact]
    public async Task TakesAnAssertionOnceAndSignsWithNewKeys()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await op.AddClientAsync(new("assertion")
        {
            AuthenticationMethod = "private_key_jwt",
            AuthenticationSigningAlgorithm = "ES256",
            IdTokenSigningAlgorithm = "ES256",
            KeySet = PublicKeySet(key),
        });
        await op.AddAccountAsync(new("carol", Mode: PhoneMode.Approve));
        var before = await KeyIdsAsync();

        var assertion = Assertion(key);
        var acknowledgement = await SendAsync("/backchannel", HttpStatusCode.OK, null,
            [("scope", "openid"), ("login_hint", "carol"), .. assertion]);
        (string, string)[] poll =
        [
            ("grant_type", "urn:openid:params:grant-type:ciba"),
            ("auth_req_id", acknowledgement.GetProperty("auth_req_id").GetString()!),
        ];
        var refused = await SendAsync("/token", HttpStatusCode.Unauthorized, null, [.. poll, .. assertion]);
        Assert.Equal("invalid_client", refused.GetProperty("error").GetString());

        await op.RotateKeysAsync();
        var tokens = await SendAsync("/token", HttpStatusCode.OK, null, [.. poll, .. Assertion(key)]);
        var keyId = new JsonWebToken(tokens.GetProperty("id_token").GetString()).Kid;
        Assert.DoesNotContain(keyId, before);
        Assert.Contains(keyId, await KeyIdsAsync());
        var seen = (await op.SeenAsync()).Assertions.Where(one => one.Client == "assertion");
        Assert.Equal([false, true, false], seen.Select(one => one.Duplicate));
    }

    private Task<JsonElement> AuthenticateAsync(params (string, string)[] parameters) =>
        SendAsync("/backchannel", HttpStatusCode.OK, Basic, parameters);

    private async Task<string?> AuthenticateErrorAsync(params (string, string)[] parameters) =>
        (await SendAsync("/backchannel", HttpStatusCode.BadRequest, Basic, parameters)).GetProperty("error").GetString();

    private Task<JsonElement> PollAsync(string authReqId, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync("/token", expected, Basic, [("grant_type", "urn:openid:params:grant-type:ciba"), ("auth_req_id", authReqId)]);

    private async Task<string?> PollErrorAsync(string authReqId) =>
        (await PollAsync(authReqId, HttpStatusCode.BadRequest)).GetProperty("error").GetString();

    private static AuthenticationHeaderValue Basic { get; } = new(
        "Basic",
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"basic:{Uri.EscapeDataString(Secret)}")));

    private async Task<JsonElement> SendAsync(
        string path, HttpStatusCode expected, AuthenticationHeaderValue? authorization, (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(parameters.Select(one => KeyValuePair.Create(one.Name, one.Value))),
        };
        request.Headers.Authorization = authorization;
        using var response = await op.Http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<IReadOnlyList<string?>> KeyIdsAsync()
    {
        var keys = await op.Http.GetFromJsonAsync<JsonElement>("/jwks");
        return [.. keys.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString())];
    }

    private (string, string)[] Assertion(ECDsa key)
    {
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "client-authentication+jwt",
            Issuer = "assertion",
            Audience = op.Issuer,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "assertion",
                ["jti"] = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
            },
            SigningCredentials = new(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256),
        });
        return [("client_assertion_type", AssertionType), ("client_assertion", token)];
    }

    private static JsonElement PublicKeySet(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.SerializeToElement(new
        {
            keys = new[]
            {
                new { kty = "EC", crv = "P-256", use = "sig", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) },
            },
        });
    }
}
