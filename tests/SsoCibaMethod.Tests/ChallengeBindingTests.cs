using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

/// <summary>
/// A challenge with a hint works in the browser that was challenged only: whoever gets its address from somebody else is not signed in as them by a press of a button.
/// </summary>
[Trait("Spec", "S-14")]
public sealed class ChallengeBindingTests : IDisposable
{
    private readonly ScriptedOp _op = new();

    public static TheoryData<string> HintsOfChallenges => ["id_token_hint", "login_hint_token", "login_hint"];

    public void Dispose() => _op.Dispose();

    [Theory]
    [MemberData(nameof(HintsOfChallenges))]
    public async Task Its_address_in_another_browser_is_the_ordinary_form(string hint)
    {
        await using var host = await StartAsync(hint);
        using var attacker = host.CreateBrowser();
        using var victim = host.CreateBrowser();
        _ = await victim.OpenAsync("/me?with=nothing");

        var page = await victim.OpenAsync((await attacker.OpenAsync("/me")).Address.ToString());

        Assert.NotNull(page.Document.QuerySelector("#login_hint"));
        Assert.Equal("", page.Value("#login_hint") ?? "");
        Assert.Empty(_op.Starts);
        _ = await victim.SubmitAsync(page, "form", ("login_hint", "victim"));
        Assert.Equal(("victim", null, null), Asked());
    }

    [Fact]
    public async Task A_browser_challenged_on_its_own_account_does_not_take_another_ones_either()
    {
        await using var host = await StartAsync("id_token_hint");
        using var attacker = host.CreateBrowser();
        using var victim = host.CreateBrowser();
        Assert.Null((await victim.OpenAsync("/me")).Document.QuerySelector("#login_hint"));

        var page = await victim.OpenAsync((await attacker.OpenAsync("/me")).Address.ToString());

        Assert.NotNull(page.Document.QuerySelector("#login_hint"));
    }

    [Fact]
    public async Task The_attacker_s_button_in_the_victim_s_browser_asks_nobody()
    {
        await using var host = await StartAsync("id_token_hint");
        using var attacker = host.CreateBrowser();
        using var victim = host.CreateBrowser();
        var button = await attacker.OpenAsync("/me");
        var own = await victim.OpenAsync("/me?with=nothing");

        // The victim's own form, sent to the attacker's address.
        var page = await victim.SubmitAsync(own with { Address = button.Address }, "form");
        using var form = new FormUrlEncodedContent([.. new[] { "__RequestVerificationToken", "attempt" }.Select(name => KeyValuePair.Create(name, own.Value($"[name={name}]")!))]);
        _ = await victim.SendAsync(HttpMethod.Post, button.Address.ToString(), form);

        Assert.NotNull(page.Document.QuerySelector("#login_hint"));
        Assert.Empty(_op.Starts);
    }

    [Theory]
    [InlineData("https://app.example/")]
    [InlineData("http://app.example/")]
    public async Task In_its_own_browser_it_works_in_two_tabs_and_after_a_change_of_language(string address)
    {
        await using var host = await StartAsync("id_token_hint");
        using var browser = host.CreateBrowser(address);
        var first = await browser.OpenAsync("/me");
        var second = await browser.OpenAsync("/me");

        var finnish = await browser.OpenAsync($"{first.Address}&lang=fi");
        Assert.Equal("fi", finnish.Document.DocumentElement.GetAttribute("lang"));
        foreach (var page in new[] { finnish, second })
        {
            Assert.Null(page.Document.QuerySelector("#login_hint"));
            Assert.Equal("waiting", (await browser.SubmitAsync(page)).Document.QuerySelector("main")!.GetAttribute("data-state"));
        }

        Assert.All(_op.Starts, start => Assert.NotNull(start["id_token_hint"]));
        Assert.Equal(2, _op.Starts.Count);
    }

    [Fact]
    public async Task The_cookie_is_confidential_lives_as_long_as_the_challenge_and_comes_with_hints_only()
    {
        await using var host = await StartAsync("id_token_hint");
        using var browser = host.CreateBrowser();
        Assert.DoesNotContain("CibaChallenge", (await browser.SendAsync(HttpMethod.Get, "/me?with=nothing")).Headers, StringComparison.Ordinal);

        var set = Assert.Single(
            (await browser.SendAsync(HttpMethod.Get, "/me")).Headers.Split('\n'), header => header.Contains("CibaChallenge", StringComparison.Ordinal)).Trim();

        Assert.StartsWith("Set-Cookie: __Host-CibaChallenge.", set, StringComparison.Ordinal);
        Assert.EndsWith("; max-age=86400; path=/; secure; samesite=lax; httponly", set, StringComparison.Ordinal);
    }

    private (string?, string?, string?) Asked()
    {
        var start = Assert.Single(_op.Starts);
        return (start["login_hint"], start["login_hint_token"], start["id_token_hint"]);
    }

    /// <summary>"/me" challenges with a hint, "/me?with=nothing" without.</summary>
    private async Task<CibaTestHost> StartAsync(string hint)
    {
        var token = _op.Sign(new JsonObject { ["sub"] = "user-1" });
        var host = await CibaTestHost.StartAsync(
            options =>
            {
                options.Authority = ScriptedOp.Issuer;
                options.BackchannelHttpHandler = _op;
                options.IdTokenSigningAlgorithms = ["ES256"];
            },
            pipeline: app =>
            {
                app.UseAuthentication();
                app.Map("/me", branch => branch.Run(context =>
                {
                    var properties = new CibaChallengeProperties();
                    if (!context.Request.Query.ContainsKey("with"))
                    {
                        properties.SetParameter(hint, hint == "login_hint" ? "attacker" : token);
                    }

                    return context.ChallengeAsync(properties);
                }));
            });
        _op.Clock = host.Clock;
        return host;
    }
}
