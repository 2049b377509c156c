using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Registered;

/// <summary>What a registered method signs in: the local user as they were, with how and when they were confirmed.</summary>
[Trait("Spec", "T-17")]
[Trait("Spec", "S-16")]
public class ConfirmedTicketTests
{
    [Fact]
    public async Task The_local_user_stays_who_they_are_and_the_approval_is_told()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var approvedAt = host.Clock.GetUtcNow().ToUnixTimeSeconds();

        var me = await host.ConfirmAsync(browser);

        Assert.Equal("/me", me.Address.AbsolutePath);
        var claims = me.AllClaims();
        Assert.Equal(StepUpHost.People["alice"].Select(claim => (claim.Type, claim.Value)), claims[..^3]);
        Assert.Equal(("acr", "loa2"), claims.Single(claim => claim.Type == "acr"));
        Assert.Equal(("amr", "mca"), claims.Single(claim => claim.Type == "amr"));
        Assert.InRange(long.Parse(claims.Single(claim => claim.Type == "auth_time").Value, CultureInfo.InvariantCulture), approvedAt, approvedAt + 10);
    }

    [Fact]
    public async Task Each_way_of_authentication_is_a_claim_of_its_own()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await browser.SubmitAsync(await browser.AskAsync("bob"), "form", ("user_code", "1234"));

        var me = await host.ApproveAndReturnAsync(browser, waiting, "bob@example.com");

        Assert.Equal(["mca", "pin"], me.AllClaims().Where(claim => claim.Type == "amr").Select(claim => claim.Value));
    }

    [Fact]
    public async Task What_an_earlier_approval_left_gives_way()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();

        _ = await host.ConfirmAsync(browser, "stepped up before");
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        var me = await host.ApproveAndReturnAsync(browser, await browser.SubmitAsync(await browser.OpenAsync("/confirm")));

        Assert.Equal([("acr", "loa2"), ("amr", "mca")], me.AllClaims().Where(claim => claim.Type is "acr" or "amr"));
        var time = long.Parse(me.AllClaims().Single(claim => claim.Type == "auth_time").Value, CultureInfo.InvariantCulture);
        Assert.InRange(host.Clock.GetUtcNow().ToUnixTimeSeconds() - time, 0, 10);
    }

    [Fact]
    public async Task Without_an_auth_time_the_ID_token_s_own_time_counts()
    {
        using var op = new ScriptedOp();
        await using var host = await StepUpHost.StartAsync(
            options =>
            {
                options.LoginHint.SubjectClaim = null;
                options.LoginHint.SubjectMatcher = (_, _, _) => Task.FromResult(true);
            },
            op: op);
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync();
        op.OnPoll = poll => ScriptedOp.Json(op.Tokens(poll["auth_req_id"]!, claims => claims["iat"] = (long)claims["iat"]! - 1));
        _ = await host.AdvanceUntilNotAsync(browser, waiting, "waiting");
        var issuedAt = op.Polls[^1].At.ToUnixTimeSeconds() - 1;

        var me = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal($"{issuedAt}", me.AllClaims().Single(claim => claim.Type == "auth_time").Value);
        Assert.DoesNotContain(me.AllClaims(), claim => claim.Type is "acr" or "amr");
    }

    [Fact]
    public async Task The_sign_in_lasts_as_long_as_it_did_and_keeps_what_was_noted_in_it()
    {
        await using var host = await StepUpHost.StartAsync(signIn: (properties, now) =>
        {
            properties.IsPersistent = true;
            properties.AllowRefresh = false;
            properties.ExpiresUtc = now.AddYears(20);
            properties.Items["noted"] = "by the application";
            properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = "of the first sign-in" }]);
        });
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("alice");
        var before = await browser.KeptAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(5));

        _ = await host.ApproveAndReturnAsync(browser, await browser.SubmitAsync(await browser.OpenAsync("/confirm")));

        var after = await browser.KeptAsync();
        Assert.Superset(before.ToHashSet(), after.ToHashSet());
        Assert.True(browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == ".AspNetCore.Cookies").Expires > DateTime.MinValue);
        Assert.DoesNotContain(".ciba.user", after.Keys);
    }

    [Fact]
    public async Task The_tokens_of_the_first_sign_in_stay_though_tokens_are_saved()
    {
        await using var host = await StepUpHost.StartAsync(
            options => options.SaveTokens = true,
            signIn: (properties, _) => properties.StoreTokens([new AuthenticationToken { Name = "refresh_token", Value = "of the first sign-in" }]));
        using var browser = host.CreateBrowser();

        _ = await host.ConfirmAsync(browser);

        var kept = await browser.KeptAsync();
        Assert.Equal(("refresh_token", "of the first sign-in"), (kept[".TokenNames"], kept[".Token.refresh_token"]));
    }

    [Fact]
    public async Task Where_there_are_none_tokens_are_saved_where_wanted_and_each_confirmation_brings_its_own()
    {
        await using var host = await StepUpHost.StartAsync(options => options.SaveTokens = true);
        using var browser = host.CreateBrowser();

        _ = await host.ConfirmAsync(browser);
        var first = await browser.KeptAsync();
        Assert.Equal("id_token;access_token;token_type;expires_at", first[".TokenNames"]);

        _ = await host.ApproveAndReturnAsync(browser, await browser.SubmitAsync(await browser.OpenAsync("/confirm")));
        var second = await browser.KeptAsync();
        Assert.Equal(first[".TokenNames"], second[".TokenNames"]);
        Assert.NotEqual(first[".Token.access_token"], second[".Token.access_token"]);
    }

    [Fact]
    public async Task What_the_application_s_claims_transformation_adds_is_seen_and_not_kept()
    {
        await using var host = await StepUpHost.StartAsync(
            options => options.LoginHint.Claim = "phone_of_today",
            builder => builder.WithClaims(("phone_of_today", "alice"), ("role", "administrator")));
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync("alice");

        var me = await host.ApproveAndReturnAsync(browser, waiting, "alice");

        // Once, by the transformation of this very request.
        Assert.Single(me.AllClaims(), claim => claim == ("role", "administrator"));
        Assert.Contains(("acr", "loa2"), me.AllClaims());
    }

    [Fact]
    public async Task An_event_sees_both_users_and_may_add_to_the_local_one()
    {
        await using var host = await StepUpHost.StartAsync(options => options.Events.OnTokenValidated = context =>
        {
            Assert.Equal("Alice of this house", context.Principal!.FindFirstValue("name"));
            Assert.Equal("loa2", context.Principal!.FindFirstValue("acr"));
            Assert.Equal("Alice Aaltonen", context.ProviderPrincipal.FindFirstValue("name"));
            Assert.Equal(StepUpHost.SubjectOf("alice"), context.ProviderPrincipal.FindFirstValue("sub"));
            ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("checked", "yes"));
            return Task.CompletedTask;
        });
        using var browser = host.CreateBrowser();

        Assert.Contains(("checked", "yes"), (await host.ConfirmAsync(browser)).AllClaims());
    }

    [Fact]
    public async Task An_event_may_refuse_and_the_user_stays_as_they_were()
    {
        await using var host = await StepUpHost.StartAsync(options => options.Events.OnTokenValidated = context =>
        {
            context.Fail("Not today.");
            return Task.CompletedTask;
        });
        using var browser = host.CreateBrowser();

        var page = await host.ConfirmAsync(browser);

        Assert.StartsWith("You were recognised, but this application did not let you in.", page.Notice, StringComparison.Ordinal);
        Assert.Equal(StepUpHost.People["alice"].Select(claim => (claim.Type, claim.Value)), (await browser.OpenAsync("/me")).AllClaims());
    }
}
