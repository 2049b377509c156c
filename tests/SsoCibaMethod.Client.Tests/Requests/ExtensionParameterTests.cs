using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What goes beyond CIBA Core: resources, authorization details, the request's context and whatever an OP knows (C-19).</summary>
[Trait("Spec", "C-19")]
public sealed class ExtensionParameterTests : IDisposable
{
    private readonly Stage _stage = new();

    [Fact]
    [Trait("Spec", "C-11")]
    public async Task A_request_may_ask_for_a_scope_of_its_own()
    {
        await _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Scope = ["openid", "payments"] });
        Assert.Equal("openid payments", _stage.Op.Last.Form["scope"]);

        await Assert.ThrowsAsync<ArgumentException>(() => _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Scope = ["payments"] }));
    }

    [Fact]
    [Trait("Spec", "T-66")]
    public async Task Each_resource_is_a_parameter_of_its_own()
    {
        await _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Resources = ["https://bank.example/api?a=b", "urn:shop:1"] });

        Assert.Contains("&resource=https%3A%2F%2Fbank.example%2Fapi%3Fa%3Db&resource=urn%3Ashop%3A1&", _stage.Op.Last.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://bank.example/api#part")]
    [InlineData("https://bank.example/api#")]
    [InlineData("/api")]
    [InlineData("api")]
    [InlineData("")]
    [Trait("Spec", "T-66")]
    public async Task A_resource_that_is_no_absolute_address_is_refused(string resource)
    {
        var refused = await RefusedAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Resources = ["https://bank.example", resource] });

        Assert.Contains("Resources", refused, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "T-65")]
    [Trait("Spec", "F-9")]
    public async Task Authorization_details_and_context_are_sent_as_JSON_text()
    {
        await _stage.Client.StartAsync(new BackchannelAuthenticationRequest
        {
            LoginHint = "johndoe",
            AuthorizationDetails = new JsonArray(new JsonObject { ["type"] = "payment", ["amount"] = 12.5 }),
            RequestContext = new JsonObject { ["ip"] = "192.0.2.7" },
        });

        Assert.Equal("""[{"type":"payment","amount":12.5}]""", _stage.Op.Last.Form["authorization_details"]);
        Assert.Equal("""{"ip":"192.0.2.7"}""", _stage.Op.Last.Form["request_context"]);
    }

    [Theory]
    [InlineData("""["payment"]""")]
    [InlineData("""[null]""")]
    [InlineData("""[{"amount":1}]""")]
    [InlineData("""[{"type":""}]""")]
    [InlineData("""[{"type":1}]""")]
    [Trait("Spec", "T-65")]
    public async Task Authorization_details_without_a_type_are_refused(string details) => Assert.Contains(
        "AuthorizationDetails",
        await RefusedAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", AuthorizationDetails = JsonNode.Parse(details)!.AsArray() }),
        StringComparison.Ordinal);

    [Fact]
    [Trait("Spec", "U-45")]
    public async Task Further_parameters_are_sent_texts_as_they_are_and_all_else_as_JSON()
    {
        await SendAsync(new()
        {
            ["ui_locales"] = "fi sv",
            ["max_age"] = 300,
            ["claims"] = new JsonObject { ["id_token"] = new JsonObject { ["txn"] = null } },
            ["nöm & x"] = true,
            ["since"] = JsonValue.Create(new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc)),
            ["left_out"] = null,
            ["left_out_too"] = "",
        });

        Assert.Equal(
            ["claims={\"id_token\":{\"txn\":null}}", "max_age=300", "nöm & x=true", "since=2026-03-02T00:00:00Z", "ui_locales=fi sv"],
            _stage.Op.Last.Body.Split('&').Select(Uri.UnescapeDataString).Where(pair => !pair.StartsWith("client_", StringComparison.Ordinal) && !pair.StartsWith("login_", StringComparison.Ordinal) && pair != "scope=openid"));
    }

    [Theory]
    [InlineData("scope")]
    [InlineData("login_hint")]
    [InlineData("id_token_hint")]
    [InlineData("user_code")]
    [InlineData("client_notification_token")]
    [InlineData("acr_values")]
    [InlineData("resource")]
    [InlineData("request")]
    [InlineData("request_uri")]
    [InlineData("client_id")]
    [InlineData("client_assertion")]
    [InlineData("client_secret")]
    [InlineData("grant_type")]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("jti")]
    [InlineData("")]
    public async Task A_parameter_this_client_sets_itself_is_refused(string name)
    {
        var refused = await RefusedAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Parameters = new Dictionary<string, JsonNode?> { [name] = "x" } });

        Assert.Contains(name.Length == 0 ? "without a name" : name, refused, StringComparison.Ordinal);
        Assert.Equal(name.Length > 0, BackchannelAuthenticationRequest.IsReserved(name));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("2.5")]
    [InlineData("true")]
    [InlineData("\"soon\"")]
    [InlineData("99999999999")]
    [Trait("Spec", "T-10")]
    public async Task A_max_age_that_nothing_could_be_held_against_is_refused(string json) => Assert.Contains(
        "max_age",
        await RefusedAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Parameters = new Dictionary<string, JsonNode?> { ["max_age"] = JsonNode.Parse(json) } }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"a\":[\"\\ud800\"]}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task A_parameter_that_is_no_text_is_refused(string json) => Assert.Contains(
        "Unicode",
        await RefusedAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Parameters = new Dictionary<string, JsonNode?> { ["x"] = JsonNode.Parse(json) } }),
        StringComparison.Ordinal);

    [Fact]
    [Trait("Spec", "S-52")]
    public async Task What_they_say_is_taken_out_of_an_error_but_not_what_it_is_about()
    {
        _stage.Op.Backchannel = (_, _) => Task.FromResult(FakeOp.Json(400, """
            {"error":"invalid_authorization_details","error_description":"payment to FI2112345600000785 of 1250.75 EUR from 192.0.2.7 by canary"}
            """));

        var answer = await _stage.Client.StartAsync(new BackchannelAuthenticationRequest
        {
            LoginHint = "johndoe",
            AuthorizationDetails = new JsonArray(new JsonObject { ["type"] = "payment", ["currency"] = "EUR", ["amount"] = 1250.75, ["to"] = new JsonArray("FI2112345600000785") }),
            RequestContext = new JsonObject { ["ip"] = "192.0.2.7" },
            Parameters = new Dictionary<string, JsonNode?> { ["x"] = "canary" },
        });

        var error = Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error;
        Assert.Equal("payment to *** of *** EUR from *** by ***", error.Description);
        Assert.Equal(CibaErrorCode.InvalidAuthorizationDetails, error.Code);
    }

    [Theory]
    [InlineData("invalid_authorization_details", CibaErrorCode.InvalidAuthorizationDetails)]
    [InlineData("invalid_target", CibaErrorCode.InvalidTarget)]
    [InlineData("invalid_request_object", CibaErrorCode.InvalidRequestObject)]
    [InlineData("use_dpop_nonce", CibaErrorCode.UseDPoPNonce)]
    [InlineData("invalid_dpop_proof", CibaErrorCode.InvalidDPoPProof)]
    [InlineData("expired_id_token_hint", CibaErrorCode.ExpiredIdTokenHint)]
    [InlineData("invalid_id_token_hint", CibaErrorCode.InvalidIdTokenHint)]
    [Trait("Spec", "C-112")]
    public async Task The_errors_of_extensions_have_codes(string name, CibaErrorCode code)
    {
        var answer = await _stage.StartAsync(FakeOp.Json(400, $$"""{"error":"{{name}}"}"""));

        Assert.Equal(code, Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error.Code);
    }

    public void Dispose() => _stage.Dispose();

    private Task SendAsync(Dictionary<string, JsonNode?> parameters) =>
        _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", Parameters = parameters });

    private async Task<string> RefusedAsync(BackchannelAuthenticationRequest request)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _stage.Client.StartAsync(request));
        Assert.Empty(_stage.Op.Seen);
        return refused.Message;
    }
}
