using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using SsoCibaMethod.Client;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;
using SsoCibaMethod.Tests.Methods;
using SsoCibaMethod.Tests.Notifications;
using static SsoCibaMethod.Tests.UserInfo.UserInfoHost;

namespace SsoCibaMethod.Tests.UserInfo;

/// <summary>More claims of the user from the OP's userinfo endpoint (OpenID Connect Core §5.3).</summary>
[Trait("Spec", "T-16")]
public sealed class UserInfoClaimsTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task Its_claims_become_claims_of_the_user_beside_those_of_the_ID_token_which_win()
    {
        await using var host = await StartAsync(_wire, new() { ["phone_number"] = "+358", ["phone_number_verified"] = true, ["groups"] = new JsonArray("a", "b"), ["name"] = "Somebody", ["iss"] = "x", ["nickname"] = null });
        using var browser = host.CreateBrowser();

        var claims = ClaimsOf(await host.SignInAsync(browser));

        Assert.Equal(["+358"], claims["phone_number"]);
        Assert.Equal(["true"], claims["phone_number_verified"]);
        Assert.Equal(["a", "b"], claims["groups"]);
        Assert.Equal(["Alice Aaltonen"], claims["name"]);
        Assert.False(claims.Contains("iss"));
        Assert.False(claims.Contains("nickname"));
        Assert.Equal(1, _wire.Requests("/userinfo"));
        Assert.DoesNotContain("+358", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_asked_unless_wanted()
    {
        await using var host = await StartAsync(_wire, new() { ["phone_number"] = "+358" }, options => options.GetClaimsFromUserInfoEndpoint = false);
        using var browser = host.CreateBrowser();

        Assert.False(ClaimsOf(await host.SignInAsync(browser)).Contains("phone_number"));
        Assert.Equal(0, _wire.Requests("/userinfo"));
    }

    [Fact]
    public async Task Claim_actions_see_them_and_so_does_the_host_s_event()
    {
        string? seen = null;
        await using var host = await StartAsync(_wire, new() { ["phone_number"] = "+358", ["picture"] = "https://op.example/large", ["address"] = new JsonObject { ["country"] = "FI" } }, options =>
        {
            options.ClaimActions.MapJsonKey("phone_number", "phone_number");
            options.ClaimActions.MapJsonSubKey("country", "address", "country");
            options.ClaimActions.DeleteClaim("picture");
            options.Events.OnTokenValidated = context =>
            {
                seen = context.Principal!.FindFirstValue("phone_number");
                return Task.CompletedTask;
            };
        });
        using var browser = host.CreateBrowser();

        var claims = ClaimsOf(await host.SignInAsync(browser));

        Assert.Equal(["+358"], claims["phone_number"]);
        Assert.Equal(["FI"], claims["country"]);
        Assert.False(claims.Contains("picture"));
        Assert.Equal("+358", seen);
    }

    [Theory]
    [Trait("Spec", "T-60")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_bound_to_a_key_comes_with_its_proof(bool wantsNonce)
    {
        await using var host = await StartAsync(_wire, new() { ["phone_number"] = "+358" }, options => options.DPoP.Enabled = true, simulator => simulator.DPoPNonceRequired = wantsNonce);
        using var browser = host.CreateBrowser();

        Assert.Equal(["+358"], ClaimsOf(await host.SignInAsync(browser))["phone_number"]);
    }

    [Fact]
    [Trait("Spec", "C-90")]
    public async Task Tokens_that_were_pushed_are_asked_with_too()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push, options => options.GetClaimsFromUserInfoEndpoint = true);
        var answers = new Queue<HttpResponseMessage>([ScriptedOp.Json(new JsonObject(), 503), ScriptedOp.Json(new JsonObject { ["sub"] = "user-1", ["phone_number"] = "+358" })]);
        bench.Op.OnUserInfo = _ => answers.Dequeue();
        var waiting = await bench.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(bench.Op.Tokens("id-1")));
        await bench.AdvanceAsync(5);

        Assert.Equal("approved", await bench.StateAsync(waiting));
        Assert.Equal(["+358"], ClaimsOf(await bench.Browser.OpenAsync(waiting.Address.ToString()))["phone_number"]);
        Assert.All(bench.Op.UserInfos, call => Assert.Contains("Authorization: Bearer the-access-token", call.Headers, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Spec", "K-6")]
    public async Task An_ID_token_that_is_refused_is_the_last_that_is_heard_of_the_login()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Poll, options => options.GetClaimsFromUserInfoEndpoint = true);
        bench.Op.OnPoll = poll => ScriptedOp.Json(bench.Op.Tokens(poll["auth_req_id"]!, claims => claims["aud"] = "somebody"));
        var waiting = await bench.BeginAsync();

        await bench.AdvanceAsync(30);

        Assert.Equal("failed", await bench.StateAsync(waiting));
        Assert.Empty(bench.Op.UserInfos);
    }

    [Theory]
    [Trait("Spec", "K-55")]
    [InlineData(null)]
    [InlineData("http://op.example/userinfo")]
    public async Task An_OP_that_offers_none_closes_the_method(string? endpoint)
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Poll, options => options.GetClaimsFromUserInfoEndpoint = true, script: op => op.Metadata["userinfo_endpoint"] = endpoint);
        await UntilAsync(() => bench.Host.Log.Lines.Any(line => line.Id.Name is "MetadataMismatch" or "MetadataRead"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await bench.Browser.OpenAsync("/me")).Status);
        Assert.Contains("userinfo_endpoint at an https address; switch the setting GetClaimsFromUserInfoEndpoint off", bench.Host.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Spec", "C-4")]
    [InlineData("userinfo_signed_response_alg", "RS256", "true", true)]
    [InlineData("userinfo_encrypted_response_alg", "RSA-OAEP", "true", true)]
    [InlineData("userinfo_signed_response_alg", "RS256", "false", false)]
    [InlineData("id_token_signed_response_alg", "RS256", "true", false)]
    public void A_client_that_is_registered_for_answers_which_nobody_reads_is_a_fault(string member, string algorithm, string wanted, bool isFault)
    {
        using var files = new KeyFiles();
        var document = files.Write("client.json", new JsonObject { [member] = algorithm }.ToJsonString());
        using var settings = MethodSettings.Bank(("ClientMetadata", document), ("GetClaimsFromUserInfoEndpoint", wanted));

        Assert.Equal(isFault, settings.Method().Faults.Any(fault => fault.Contains("userinfo answers that are signed or encrypted", StringComparison.Ordinal)));
        Assert.Equal(isFault, settings.Method().Faults.Count > 0);
    }
}
