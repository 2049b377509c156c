using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>What a request can say, as plain parameters and signed: the OP understands the same.</summary>
public sealed class TlsRequestTests(TlsOp tls) : IClassFixture<TlsOp>
{
    private static readonly string[] OfClientAuthentication = ["client_id", "client_assertion", "client_assertion_type"];

    private static readonly string[] Everything =
    [
        "acr_values", "authorization_details", "binding_message", "login_hint", "request_context", "requested_expiry", "resource", "scope", "ui_locales", "user_code",
    ];

    private RealOp Op => tls.Op;

    public static TheoryData<string?, string> Hints
    {
        get
        {
            var all = new TheoryData<string?, string>();
            foreach (var algorithm in new[] { null, "ES256", "PS256" })
            {
                foreach (var hint in new[] { "login_hint", "login_hint_token", "id_token_hint" })
                {
                    all.Add(algorithm, hint);
                }
            }

            return all;
        }
    }

    [RealOpTheory]
    [MemberData(nameof(Hints))]
    [Trait("Spec", "C-12")]
    [Trait("Spec", "C-15")]
    [Trait("Spec", "T-17")]
    public async Task EachHintNamesTheUser(string? algorithm, string hint)
    {
        var user = $"{hint}-{algorithm ?? "plain"}";
        await Op.AddAccountAsync(new(user));
        using var client = await RegisterAsync($"hints-{user}", algorithm);
        var request = hint switch
        {
            "login_hint" => new BackchannelAuthenticationRequest { LoginHint = user },
            "login_hint_token" => new() { LoginHintToken = tls.Hints.Issue(user, TimeSpan.FromMinutes(5)) },
            _ => new() { IdTokenHint = (await client.SignInAsync(new() { LoginHint = user })).Tokens.IdToken },
        };

        var login = await client.SignInAsync(request, subject: user);

        Assert.Equal(user, login.Subject);
        if (algorithm is null)
        {
            Assert.Equal(["client_assertion", "client_assertion_type", "client_id", hint, "scope"], login.Seen.Parameters.Order(StringComparer.Ordinal));
        }
        else
        {
            Assert.Equal(["client_assertion", "client_assertion_type", "client_id", "request"], login.Seen.Parameters.Order(StringComparer.Ordinal));
        }
    }

    [RealOpFact]
    [Trait("Spec", "U-20")]
    public async Task LoginHintTokenMayHaveExpired()
    {
        using var client = await RegisterAsync("late", algorithm: null);

        var answer = await client.Protocol.StartAsync(new() { LoginHintToken = tls.Hints.Issue("alice", TimeSpan.FromMinutes(-1)) });

        Assert.Equal(CibaErrorCode.ExpiredLoginHintToken, Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error.Code);
    }

    [RealOpTheory]
    [InlineData(null)]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [Trait("Spec", "C-30")]
    [Trait("Spec", "C-32")]
    [Trait("Spec", "T-65")]
    [Trait("Spec", "T-66")]
    public async Task AllThatARequestSaysArrives(string? algorithm)
    {
        var name = $"all-{algorithm ?? "plain"}";
        await Op.AddAccountAsync(new(name, UserCode: "2718"));
        using var client = await RegisterAsync(name, algorithm);

        var login = await client.SignInAsync(new()
        {
            LoginHint = name,
            BindingMessage = "W4SCT",
            UserCode = "2718",
            RequestedExpiry = TimeSpan.FromSeconds(90),
            AcrValues = ["urn:example:loa2", "urn:example:loa1"],
            Scope = ["openid", "payments"],
            Resources = ["https://bank.example/payments"],
            AuthorizationDetails = [new JsonObject { ["type"] = "payment_initiation", ["instructedAmount"] = new JsonObject { ["currency"] = "EUR", ["amount"] = "123.50" } }],
            RequestContext = new JsonObject { ["device"] = new JsonObject { ["kind"] = "kiosk" } },
            Parameters = new Dictionary<string, JsonNode?> { ["ui_locales"] = "fi sv" },
        });

        var request = login.Request;
        Assert.Equal((name, "W4SCT", "openid payments", "90"), (request.LoginHint, request.BindingMessage, request.Scope, request.RequestedExpiry));
        Assert.Equal("urn:example:loa2 urn:example:loa1", request.AcrValues);
        Assert.Equal(["https://bank.example/payments"], request.Resources);
        Assert.Equal("123.50", (string?)JsonNode.Parse(request.AuthorizationDetails!)![0]!["instructedAmount"]!["amount"]);
        Assert.Equal(90, login.Seen.ExpiresIn);
        if (algorithm is null)
        {
            // Of a signed request this OP keeps no object but those of authorization_details.
            Assert.Equal("kiosk", (string?)JsonNode.Parse(request.RequestContext!)!["device"]!["kind"]);
            Assert.Equal(Everything.Concat(OfClientAuthentication).Order(StringComparer.Ordinal), login.Seen.Parameters.Order(StringComparer.Ordinal));
        }

        // The token is for the API it was asked for, and it and the answer say what was consented to.
        Assert.Equal(name, login.Subject);
        Assert.Equal("payment_initiation", (string?)Assert.Single(login.Tokens.AuthorizationDetails!)!["type"]);
        var token = new JsonWebToken(login.Tokens.AccessToken);
        Assert.Equal("https://bank.example/payments", Assert.Single(token.Audiences));
        Assert.Equal("payment_initiation", token.GetPayloadValue<System.Text.Json.JsonElement>("authorization_details")[0].GetProperty("type").GetString());
    }

    [RealOpTheory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [Trait("Spec", "C-31")]
    [Trait("Spec", "C-35")]
    [Trait("Spec", "C-36")]
    [Trait("Spec", "F-2")]
    public async Task SignedRequestIsWhatTheProfilesAskFor(string algorithm)
    {
        using var client = await RegisterAsync($"form-{algorithm}", algorithm);
        await client.SignInAsync(new() { LoginHint = "alice" });
        await client.SignInAsync(new() { LoginHint = "alice" });

        var objects = (await Op.SeenAsync()).RequestObjects.Where(one => one.Client == $"form-{algorithm}").ToList();
        Assert.Equal(2, objects.Count);
        Assert.All(objects, one =>
        {
            Assert.Equal((algorithm, "oauth-authz-req+jwt", "key"), (one.Algorithm, one.Type, one.KeyId));
            Assert.Equal(Op.Issuer, Assert.Single(one.Audience));
            Assert.False(one.AudienceIsList);
            Assert.False(one.Duplicate);
            Assert.InRange(one.Lifetime!.Value, 1, 3600);
            Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "login_hint", "nbf", "scope"], one.Claims.Order(StringComparer.Ordinal));
        });
    }

    [RealOpFact]
    [Trait("Spec", "C-37")]
    public async Task OpRefusesARequestThatIsNotSignedAsAgreed()
    {
        using var client = await RegisterAsync("agreed", "ES256", signs: false);

        var answer = await client.Protocol.StartAsync(new() { LoginHint = "alice" });

        Assert.Equal(CibaErrorCode.InvalidRequest, Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error.Code);
    }

    private async Task<DirectClient> RegisterAsync(string name, string? algorithm, bool signs = true)
    {
        using var folder = new TemporaryFolder();
        var keys = algorithm == "PS256" ? ClientKeyFile.RsaJwk(folder, "key") : ClientKeyFile.EcPem(folder, "key");
        var key = PrivateKeyFile.Load(keys.Path, algorithm ?? "ES256", "key");
        RealOpClient registration = new(name)
        {
            AuthenticationMethod = "private_key_jwt",
            KeySet = keys.PublicKeySet,
            RequestSigningAlgorithm = algorithm,
            AuthorizationDetailsTypes = ["payment_initiation"],
        };
        CibaClientSettings settings = new()
        {
            ClientId = name,
            Authentication = new PrivateKeyJwt(key),
            RequestSigning = signs && algorithm is not null ? new RequestSigning(key) : null,
        };
        return await DirectClient.RegisterAsync(tls, registration, settings);
    }
}
