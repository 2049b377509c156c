using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Client;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;
using SsoCibaMethod.Tests.Methods;
using SsoCibaMethod.Tests.Notifications;

namespace SsoCibaMethod.Tests;

/// <summary>More claims of the user from the OP's userinfo endpoint, about nobody else, and no login lost for a moment's trouble (OpenID Connect Core §5.3).</summary>
[Trait("Spec", "T-16")]
public sealed class UserInfoTests : IDisposable
{
    private const string Failed = "Signing in does not work at the moment.";
    private const string Unavailable = "The sign-in service cannot be reached at the moment.";

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task Its_claims_become_claims_of_the_user_beside_those_of_the_ID_token_which_win()
    {
        await using var host = await StartAsync(new() { ["phone_number"] = "+358", ["phone_number_verified"] = true, ["groups"] = new JsonArray("a", "b"), ["name"] = "Somebody", ["iss"] = "x", ["nickname"] = null });
        using var browser = host.CreateBrowser();

        var claims = Claims(await host.SignInAsync(browser));

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
        await using var host = await StartAsync(new() { ["phone_number"] = "+358" }, options => options.GetClaimsFromUserInfoEndpoint = false);
        using var browser = host.CreateBrowser();

        Assert.False(Claims(await host.SignInAsync(browser)).Contains("phone_number"));
        Assert.Equal(0, _wire.Requests("/userinfo"));
    }

    [Fact]
    public async Task Claim_actions_see_them_and_so_does_the_host_s_event()
    {
        string? seen = null;
        await using var host = await StartAsync(new() { ["phone_number"] = "+358", ["picture"] = "https://op.example/large", ["address"] = new JsonObject { ["country"] = "FI" } }, options =>
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

        var claims = Claims(await host.SignInAsync(browser));

        Assert.Equal(["+358"], claims["phone_number"]);
        Assert.Equal(["FI"], claims["country"]);
        Assert.False(claims.Contains("picture"));
        Assert.Equal("+358", seen);
    }

    [Fact]
    public async Task Claims_about_anybody_else_sign_nobody_in()
    {
        await using var host = await StartAsync(new() { ["sub"] = "mallory", ["phone_number"] = "+358" });

        await FailsAsync(host, Failed, "about somebody else");
    }

    [Theory]
    [InlineData(401, "", "does not take the access token")]
    [InlineData(403, """{"error":"insufficient_scope","error_description":"alice must not"}""", "insufficient_scope")]
    [InlineData(200, """{"name":"Alice"}""", "sub is missing")]
    [InlineData(200, "[]", "not an object")]
    [InlineData(302, "", "redirect")]
    public async Task Nor_does_a_login_whose_claims_are_refused_or_broken(int status, string body, string cause)
    {
        await using var host = await StartAsync([]);
        _ = _wire.At("/userinfo", status, body);

        await FailsAsync(host, Failed, cause);
        Assert.DoesNotContain("alice must", host.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("no connection")]
    [InlineData("silence")]
    public async Task A_moment_s_trouble_costs_a_pause_and_no_login(string trouble)
    {
        await using var host = await StartAsync(new() { ["phone_number"] = "+358" });
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        _ = _wire.At("/userinfo", (request, cancellation) =>
        {
            _wire.Open();
            return trouble switch
            {
                "500" => Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError)),
                "no connection" => throw new HttpRequestException(HttpRequestError.ConnectionError),
                _ => _wire.HoldAsync(request, cancellation),
            };
        });
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        if (trouble == "silence")
        {
            await _wire.Held;
            await UntilAsync(() => host.Clock.IsDueIn(TimeSpan.FromSeconds(40)));
            host.Clock.Advance(TimeSpan.FromSeconds(40));
        }

        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting", seconds: 10));

        Assert.Equal(["+358"], Claims(await browser.OpenAsync(waiting.Address.ToString()))["phone_number"]);
        Assert.Equal((1, 2), (host.Op.Counters.Polls, _wire.Requests("/userinfo")));
    }

    [Fact]
    public async Task What_the_host_asks_of_the_ID_token_is_asked_once()
    {
        var check = new CountingCheck();
        await using var host = await StartAsync([], services: services => services.AddSingleton<IIdTokenCheck>(check));
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        var answers = 0;
        _ = _wire.At("/userinfo", (_, _) =>
        {
            if (++answers == 2)
            {
                _wire.Open();
            }

            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        });

        await host.ApproveAsync(browser, waiting);

        Assert.Equal((3, 1), (_wire.Requests("/userinfo"), check.Asked));
    }

    [Fact]
    public async Task Trouble_that_goes_on_ends_the_login_after_about_a_minute_and_the_next_one_succeeds()
    {
        await using var host = await StartAsync(new() { ["phone_number"] = "+358" });
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        _ = _wire.At("/userinfo", 503, "");
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));

        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting", seconds: 65));

        Assert.Equal((1, 12), (host.Op.Counters.Polls, _wire.Requests("/userinfo")));
        var page = await browser.OpenAsync(waiting.Address.ToString());
        Assert.StartsWith(Unavailable, page.Notice, StringComparison.Ordinal);
        _wire.Open();
        waiting = await browser.SubmitAsync(page);
        await host.ApproveAsync(browser, waiting);
        Assert.Equal(["+358"], Claims(await browser.OpenAsync(waiting.Address.ToString()))["phone_number"]);
    }

    [Fact]
    [Trait("Spec", "S-24")]
    public async Task After_a_cancel_nobody_is_asked_any_more()
    {
        await using var host = await StartAsync([]);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        _ = _wire.At("/userinfo", 503, "");
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));
        await host.SettleAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await host.SettleAsync();
        Assert.Equal(1, _wire.Requests("/userinfo"));

        Assert.Equal("Cancelled", (await browser.SubmitAsync(waiting)).Title);
        await UntilAsync(() => host.PolledLogins() == 0);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        await host.SettleAsync();

        Assert.Equal(1, _wire.Requests("/userinfo"));
    }

    [Theory]
    [Trait("Spec", "T-60")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_bound_to_a_key_comes_with_its_proof(bool wantsNonce)
    {
        await using var host = await StartAsync(new() { ["phone_number"] = "+358" }, options => options.DPoP.Enabled = true, simulator => simulator.DPoPNonceRequired = wantsNonce);
        using var browser = host.CreateBrowser();

        Assert.Equal(["+358"], Claims(await host.SignInAsync(browser))["phone_number"]);
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
        Assert.Equal(["+358"], Claims(await bench.Browser.OpenAsync(waiting.Address.ToString()))["phone_number"]);
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

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private static ILookup<string, string> Claims(TestPage me) =>
        JsonNode.Parse(me.Body)!.AsArray().ToLookup(claim => (string)claim![0]!, claim => (string)claim![1]!, StringComparer.Ordinal);

    private static async Task FailsAsync(CibaTestHost host, string text, string cause)
    {
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));

        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        Assert.StartsWith(text, (await browser.OpenAsync(waiting.Address.ToString())).Notice, StringComparison.Ordinal);
        Assert.False(browser.IsSignedIn());
        Assert.Contains(host.Log.Lines, line => line.Id.Name == "LoginFailed" && line.Text.Contains(cause, StringComparison.Ordinal));
        Assert.Equal(1, host.Op.Counters.Polls);
    }

    /// <summary>An application that wants the claims, and the simulator, whose userinfo endpoint alone tells some of alice.</summary>
    private Task<CibaTestHost> StartAsync(
        JsonObject told, Action<CibaOptions>? configure = null, Action<CibaSimulatorOptions>? simulator = null, Action<IServiceCollection>? services = null) => CibaTestHost.StartAsync(
        options =>
        {
            options.GetClaimsFromUserInfoEndpoint = true;
            configure?.Invoke(options);
        },
        services: builder => services?.Invoke(builder.Services),
        simulator: options =>
        {
            options.Accounts[0] = new CibaSimulatorAccount("alice") { Name = "Alice Aaltonen", UserInfo = told };
            simulator?.Invoke(options);
        },
        wire: _wire);

    private sealed class CountingCheck : IIdTokenCheck
    {
        public int Asked { get; private set; }

        public ValueTask<IdTokenCheckResult> CheckAsync(IdTokenCheckContext context, CancellationToken cancellationToken)
        {
            Asked++;
            return new(new IdTokenCheckResult.Accepted());
        }
    }
}
