using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

/// <summary>What a challenge asks for besides a hint goes to the OP, and is held against what comes back.</summary>
[Trait("Spec", "C-12")]
public sealed class ChallengeWishesTests : IDisposable
{
    private readonly ScriptedOp _op = new();

    public void Dispose() => _op.Dispose();

    [Theory]
    [Trait("Spec", "T-11")]
    [Trait("Spec", "C-14")]
    [InlineData("loa3", "approved")]
    [InlineData("loa2", "failed")]
    [InlineData(null, "failed")]
    public async Task The_acr_a_challenge_asks_for_must_come_back(string? acr, string state)
    {
        await using var host = await StartAsync(options => options.AcrValues = ["loa2"], properties => properties.AcrValues = ["loa3", "loa4"]);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.Equal("loa3 loa4", _op.Starts[0]["acr_values"]);

        _op.OnPoll = poll => ScriptedOp.Json(_op.Tokens(poll["auth_req_id"]!, claims => claims["acr"] = acr));

        Assert.Equal(state, await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
    }

    [Theory]
    [Trait("Spec", "T-11")]
    [InlineData(null, null, "loa2", "approved")]
    [InlineData(null, null, "phone", "failed")]
    [InlineData(null, null, null, "failed")]
    [InlineData("loa3", null, "loa3", "approved")]
    [InlineData("loa3", null, "loa2", "failed")]
    [InlineData("card", "loa4", "loa4", "approved")]
    [InlineData("card", "loa4", "card", "failed")]
    public async Task What_satisfies_the_method_satisfies_no_challenge_that_asks_for_more(string? asked, string? accepted, string? acr, string state)
    {
        await using var host = await StartAsync(
            options => (options.AcrValues, options.AcceptedAcrValues) = (["phone"], ["loa2"]),
            properties =>
            {
                properties.AcrValues = asked is null ? null : [asked];
                properties.AcceptedAcrValues = accepted is null ? null : [accepted];
            });
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.Equal(asked ?? "phone", _op.Starts[0]["acr_values"]);

        _op.OnPoll = poll => ScriptedOp.Json(_op.Tokens(poll["auth_req_id"]!, claims => claims["acr"] = acr));

        Assert.Equal(state, await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
    }

    [Theory]
    [Trait("Spec", "T-10")]
    [InlineData(false, 0, "approved")]
    [InlineData(false, -3600, "failed")]
    [InlineData(false, null, "failed")]
    [InlineData(true, 0, "approved")]
    [InlineData(true, -3600, "failed")]
    [InlineData(true, null, "failed")]
    public async Task The_max_age_asked_for_is_held_against_the_time_of_the_users_proof(bool isOfMethod, int? authenticated, string state)
    {
        var further = new JsonObject { ["max_age"] = 300 };
        await using var host = isOfMethod
            ? await StartAsync(options => options.RequestParameters = further)
            : await StartAsync(challenge: properties => properties.RequestParameters = further);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        _op.OnPoll = poll => ScriptedOp.Json(_op.Tokens(
            poll["auth_req_id"]!, claims => claims["auth_time"] = authenticated is { } seconds ? host.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds : null));

        Assert.Equal(state, await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
    }

    [Fact]
    [Trait("Spec", "C-18")]
    public async Task A_challenge_may_ask_for_scopes_and_an_expiry_of_its_own_and_the_login_lives_no_longer()
    {
        await using var host = await StartAsync(options => options.RequestedExpiry = TimeSpan.FromMinutes(2), properties =>
        {
            properties.Scope = ["openid", "payments"];
            properties.RequestedExpiry = TimeSpan.FromSeconds(40);
        });
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser);

        Assert.Equal(("openid payments", "40"), (_op.Starts[0]["scope"], _op.Starts[0]["requested_expiry"]));
        var before = host.Clock.GetUtcNow();
        Assert.Equal("expired", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        Assert.InRange(host.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(39), TimeSpan.FromSeconds(42));
    }

    [Fact]
    public async Task What_a_challenge_asks_goes_along_with_the_user_code_too()
    {
        _op.Metadata["backchannel_user_code_parameter_supported"] = true;
        _op.OnStart = start => start["user_code"] is null ? ScriptedOp.Error("missing_user_code") : ScriptedOp.Acknowledge("id-1");
        await using var host = await StartAsync(challenge: properties =>
        {
            properties.RequestParameters = new JsonObject { ["shop"] = 7 };
            properties.Resources = ["https://api.example/"];
            properties.AuthorizationDetails = [new JsonObject { ["type"] = "payment" }];
            properties.RequestContext = new JsonObject { ["ip"] = "x" };
        });
        using var browser = host.CreateBrowser();

        _ = await browser.SubmitAsync(await host.BeginAsync(browser), "form[action*='/code']", ("user_code", "1234"));

        Assert.Equal(2, _op.Starts.Count);
        Assert.All(_op.Starts, start => Assert.Equal(
            ("alice", "7", "https://api.example/", """[{"type":"payment"}]""", """{"ip":"x"}"""),
            (start["login_hint"], start["shop"], start["resource"], start["authorization_details"], start["request_context"])));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "two hints", "one hint" },
        { "reserved", "cannot hold login_hint" },
        { "too long", "OnBackchannelAuthentication instead" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_challenge_that_cannot_be_fulfilled_is_told_to_its_author(string mistake, string advice)
    {
        var told = "";
        await using var host = await StartAsync(pipeline: app =>
        {
            app.UseAuthentication();
            app.Map("/me", branch => branch.Run(async context =>
            {
                var properties = new CibaChallengeProperties { LoginHintToken = mistake == "too long" ? new string('a', 5000) : "a" };
                properties.IdTokenHint = mistake == "two hints" ? "b" : null;
                properties.RequestParameters = mistake == "reserved" ? new JsonObject { ["login_hint"] = "x" } : null;
                told = (await Assert.ThrowsAsync<InvalidOperationException>(() => context.ChallengeAsync(properties))).Message;
            }));
        });
        using var browser = host.CreateBrowser();

        _ = await browser.OpenAsync("/me");

        Assert.Contains(advice, told, StringComparison.Ordinal);
    }

    private Task<CibaTestHost> StartAsync(
        Action<CibaOptions>? configure = null, Action<CibaChallengeProperties>? challenge = null, Action<WebApplication>? pipeline = null) =>
        ChallengeHost.StartAsync(_op, configure, challenge, pipeline);
}
