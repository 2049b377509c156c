using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests;

/// <summary>Who is asked, and what: by the user, the challenge, the host's own knowledge or an event. Exactly one hint goes to the OP.</summary>
[Trait("Spec", "C-12")]
public sealed class HintTests : IDisposable
{
    private static readonly string[] Hints = ["login_hint", "login_hint_token", "id_token_hint"];

    private readonly ScriptedOp _op = new();

    public void Dispose() => _op.Dispose();

    [Theory]
    [InlineData("login_hint_token")]
    [InlineData("id_token_hint")]
    [Trait("Spec", "C-15")]
    public async Task A_token_of_the_challenge_leaves_one_button_that_starts(string parameter)
    {
        var token = _op.Sign(new JsonObject { ["sub"] = "user-1" });
        await using var host = await StartAsync(challenge: properties => properties.SetParameter(parameter, token));
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync("/me");
        Assert.Null(page.Document.QuerySelector("#login_hint"));
        Assert.Single(page.Document.QuerySelectorAll("form[method=post] button"));
        Assert.Empty(_op.Starts);
        var waiting = await browser.SubmitAsync(page);

        AssertHint(parameter, token);
        Assert.DoesNotContain(browser.Received, answer => answer.Contains(token, StringComparison.Ordinal));
        Assert.Equal("/me", (await ApproveAsync(host, browser, waiting)).Address.AbsolutePath);
    }

    [Fact]
    public async Task What_is_typed_beside_a_given_hint_counts_for_nothing()
    {
        var token = _op.Sign(new JsonObject { ["sub"] = "user-1" });
        await using var host = await StartAsync(challenge: properties => properties.IdTokenHint = token);
        using var browser = host.CreateBrowser();

        _ = await browser.SubmitAsync(await browser.OpenAsync("/me"), "form", ("login_hint", "mallory"));

        AssertHint("id_token_hint", token);
    }

    [Fact]
    [Trait("Spec", "T-17")]
    public async Task Another_user_than_the_one_in_the_id_token_hint_is_not_signed_in()
    {
        await using var host = await StartAsync(challenge: properties => properties.IdTokenHint = _op.Sign(new JsonObject { ["sub"] = "user-2" }));
        using var browser = host.CreateBrowser();

        var page = await ApproveAsync(host, browser, await browser.SubmitAsync(await browser.OpenAsync("/me")));

        Assert.Equal("That did not work", page.Title);
        Assert.False(browser.IsSignedIn());
        Assert.Contains(host.Log.Lines, line => line.Id.Name == "LoginFailed" && line.Text.Contains("WrongSubject", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not.a.token")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("a.b.c.d.e")]
    public async Task An_id_token_hint_that_tells_no_user_is_the_hosts_mistake_and_starts_nothing(string token)
    {
        await using var host = await StartAsync(challenge: properties => properties.IdTokenHint = token);
        using var browser = host.CreateBrowser();

        var page = await browser.SubmitAsync(await browser.OpenAsync("/me"));

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Equal("That did not work", page.Title);
        Assert.Empty(_op.Starts);
    }

    [Fact]
    public async Task A_hint_the_host_knows_is_asked_for_on_the_page_and_again_on_the_press_of_its_button()
    {
        var asked = 0;
        await using var host = await StartAsync(options => options.LoginHint.Provider = (_, _) =>
        {
            asked++;
            return Task.FromResult<CibaLoginHint?>(new CibaLoginHint.Plain("+358401234567"));
        });
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync("/signin-ciba");
        Assert.Null(page.Document.QuerySelector("#login_hint"));
        var waiting = await browser.SubmitAsync(page);

        Assert.Equal(2, asked);
        AssertHint("login_hint", "+358401234567");
        Assert.Contains("+358•••67", waiting.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Received, answer => answer.Contains("401234567", StringComparison.Ordinal));

        // Nor does it come back when the login has ended.
        _op.OnPoll = _ => ScriptedOp.Error("access_denied");
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        page = await browser.OpenAsync(waiting.Address.ToString());
        Assert.Equal("Declined", page.Title);
        Assert.DoesNotContain("401234567", page.Body, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#login_hint"));
    }

    [Fact]
    public async Task Where_nothing_was_typed_nobody_is_told_to_check_it()
    {
        _op.OnStart = _ => ScriptedOp.Error("unknown_user_id");
        await using var host = await StartAsync(options => options.LoginHint.Provider = (_, _) => Task.FromResult<CibaLoginHint?>(new CibaLoginHint.Plain("nobody")));
        using var browser = host.CreateBrowser();

        var page = await browser.SubmitAsync(await browser.OpenAsync("/signin-ciba"));

        Assert.StartsWith("The sign-in service does not know you. Use another way to sign in, or ask for help.", page.Notice, StringComparison.Ordinal);
        Assert.Equal("alert", page.Document.QuerySelector("#notice > div")!.GetAttribute("role"));
    }

    [Fact]
    public async Task A_host_that_knows_no_hint_leaves_it_to_the_user()
    {
        await using var host = await StartAsync(options => options.LoginHint.Provider = (_, _) => Task.FromResult<CibaLoginHint?>(null));
        using var browser = host.CreateBrowser();

        _ = await host.BeginAsync(browser, "alice", "/signin-ciba");

        AssertHint("login_hint", "alice");
    }

    [Fact]
    public async Task A_host_whose_knowledge_fails_gets_our_page_and_no_login()
    {
        await using var host = await StartAsync(options => options.LoginHint.Provider = (_, _) => throw new InvalidOperationException("The directory is down."));
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync("/signin-ciba");

        Assert.Equal((HttpStatusCode.InternalServerError, "That did not work"), (page.Status, page.Title));
        Assert.Empty(_op.Starts);
    }

    [Fact]
    public async Task An_event_may_give_another_hint_and_change_the_whole_request()
    {
        var token = _op.Sign(new JsonObject { ["sub"] = "user-1" });
        await using var host = await StartAsync(options =>
        {
            options.RequestParameters = new JsonObject { ["kept"] = 1, ["changed"] = 1 };
            options.Events.OnBackchannelAuthentication = context =>
            {
                Assert.Equal("alice", context.LoginHint);
                context.IdTokenHint = token;
                Assert.Null(context.LoginHint);
                context.AcrValues = ["loa3"];
                context.Scope = ["openid", "email"];
                context.RequestedExpiry = TimeSpan.FromSeconds(90);
                context.Resources = ["https://api.example/a", "https://api.example/b"];
                context.AuthorizationDetails = [new JsonObject { ["type"] = "payment" }];
                context.RequestContext = new JsonObject { ["ip"] = "x" };
                context.RequestParameters["changed"] = "two";
                return Task.CompletedTask;
            };
        });
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser);

        AssertHint("id_token_hint", token);
        var start = _op.Starts[0];
        Assert.Equal(("loa3", """[{"type":"payment"}]""", """{"ip":"x"}""", "1", "two"), (start["acr_values"], start["authorization_details"], start["request_context"], start["kept"], start["changed"]));
        Assert.Equal(["https://api.example/a", "https://api.example/b"], start.Form["resource"]);
        Assert.Equal(("openid email", "90"), (start["scope"], start["requested_expiry"]));
        _op.OnPoll = poll => ScriptedOp.Json(_op.Tokens(poll["auth_req_id"]!, claims => claims["acr"] = "loa3"));
        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
    }

    [Fact]
    public async Task A_form_sent_twice_asks_once_although_the_host_gives_another_token_each_time()
    {
        var given = 0;
        await using var host = await StartAsync(options =>
            options.LoginHint.Provider = (_, _) => Task.FromResult<CibaLoginHint?>(new CibaLoginHint.LoginHintToken($"token-{given++}")));
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/me");

        var first = await browser.SubmitAsync(form);
        var second = await browser.SubmitAsync(form);

        Assert.Equal(("Check your phone", first.Code), (second.Title, second.Code));
        Assert.Single(_op.Starts);
    }

    [Fact]
    [Trait("Spec", "S-29")]
    public async Task What_an_event_makes_of_a_typed_hint_is_shown_nowhere()
    {
        await using var host = await StartAsync(options =>
        {
            options.LoginHint.Remember = true;
            options.Events.OnBackchannelAuthentication = context =>
            {
                context.LoginHint = "tel:+358401234567";
                return Task.CompletedTask;
            };
        });
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser);
        var cancelled = await browser.SubmitAsync(waiting, "form[action*='/cancel']");

        Assert.Equal("tel:+358401234567", _op.Starts[0]["login_hint"]);
        Assert.Equal("alice", cancelled.Value("#login_hint"));
        Assert.Contains("We asked a•••.", waiting.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Received, answer => answer.Contains("tel:", StringComparison.Ordinal) || answer.Contains("67<", StringComparison.Ordinal));
    }

    private void AssertHint(string name, string value) =>
        Assert.Equal(Hints.Select(hint => hint == name ? value : null), Hints.Select(hint => Assert.Single(_op.Starts)[hint]));

    private async Task<TestPage> ApproveAsync(CibaTestHost host, TestBrowser browser, TestPage waiting)
    {
        _op.OnPoll = poll => ScriptedOp.Json(_op.Tokens(poll["auth_req_id"]!));
        _ = await host.AdvanceUntilNotAsync(browser, waiting, "waiting");
        return await browser.OpenAsync(waiting.Address.ToString());
    }

    private Task<CibaTestHost> StartAsync(
        Action<CibaOptions>? configure = null, Action<CibaChallengeProperties>? challenge = null, Action<WebApplication>? pipeline = null) =>
        ChallengeHost.StartAsync(_op, configure, challenge, pipeline);
}
