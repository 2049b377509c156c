using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;
using static SsoCibaMethod.Tests.UserInfo.UserInfoHost;

namespace SsoCibaMethod.Tests.UserInfo;

/// <summary>Claims about somebody else, or refused, sign nobody in; a moment's trouble costs nobody a login.</summary>
[Trait("Spec", "T-16")]
public sealed class UserInfoTroubleTests : IDisposable
{
    private const string Failed = "Signing in does not work at the moment.";
    private const string Unavailable = "The sign-in service cannot be reached at the moment.";

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task Claims_about_anybody_else_sign_nobody_in()
    {
        await using var host = await StartAsync(_wire, new() { ["sub"] = "mallory", ["phone_number"] = "+358" });

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
        await using var host = await StartAsync(_wire, []);
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
        await using var host = await StartAsync(_wire, new() { ["phone_number"] = "+358" });
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

        Assert.Equal(["+358"], ClaimsOf(await browser.OpenAsync(waiting.Address.ToString()))["phone_number"]);
        Assert.Equal((1, 2), (host.Op.Counters.Polls, _wire.Requests("/userinfo")));
    }

    [Fact]
    public async Task What_the_host_asks_of_the_ID_token_is_asked_once()
    {
        var check = new CountingCheck();
        await using var host = await StartAsync(_wire, [], services: services => services.AddSingleton<IIdTokenCheck>(check));
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
        await using var host = await StartAsync(_wire, new() { ["phone_number"] = "+358" });
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
        Assert.Equal(["+358"], ClaimsOf(await browser.OpenAsync(waiting.Address.ToString()))["phone_number"]);
    }

    [Fact]
    [Trait("Spec", "S-24")]
    public async Task After_a_cancel_nobody_is_asked_any_more()
    {
        await using var host = await StartAsync(_wire, []);
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
