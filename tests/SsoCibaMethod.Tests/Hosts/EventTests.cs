using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Diagnostics;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

/// <summary>What a host may do on the way of a login, and that no failure of it signs anybody in.</summary>
public class EventTests
{
    private const string Refused = "You were recognised, but this application did not let you in.";
    private const string Failed = "Signing in does not work at the moment.";

    public static TheoryData<string, HttpStatusCode, string> Refusals => new()
    {
        { "TokenValidated fails", HttpStatusCode.OK, Refused },
        { "TokenValidated takes the principal", HttpStatusCode.InternalServerError, Refused },
        { "TokenValidated throws", HttpStatusCode.InternalServerError, Failed },
        { "TokenValidated handles", (HttpStatusCode)418, "" },
        { "TokenValidated skips", HttpStatusCode.NotFound, "" },
        { "TicketReceived fails", HttpStatusCode.OK, Refused },
        { "TicketReceived throws", HttpStatusCode.InternalServerError, Failed },
        { "TicketReceived handles", (HttpStatusCode)418, "" },
        { "TicketReceived skips", HttpStatusCode.NotFound, "" },
        { "RemoteFailure throws", HttpStatusCode.OK, Refused },
        { "RemoteFailure handles", (HttpStatusCode)418, "" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Nothing_but_success_signs_in(string what, HttpStatusCode status, string text)
    {
        await using var host = await CibaTestHost.StartAsync(options => Set(options.Events, what));
        using var metrics = new HeardMetrics(host);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);

        var page = await browser.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery);

        Assert.Equal(status, page.Status);
        Assert.StartsWith(text, page.Notice ?? "", StringComparison.Ordinal);
        Assert.False(browser.IsSignedIn());
        Assert.DoesNotContain(host.Log.Lines, line => line.Id.Name == "LoginRedeemed");
        Assert.Equal(Outcome(what), metrics.Heard.Where(heard => heard.StartsWith("ciba.login.outcomes", StringComparison.Ordinal)).Select(heard => heard.Split("ciba.outcome=")[1]));
        if (text.Length > 0)
        {
            var reference = page.Document.QuerySelector(".reference bdi")!.TextContent;
            Assert.Contains(host.Log.Lines, line => line.Id.Name is "SignInRefused" or "PageSurprise" && line.Text.Contains(reference, StringComparison.Ordinal));
        }
    }

    // Where the host's code throws, the log tells of a surprise.
    private static string[] Outcome(string what) => what switch
    {
        "TokenValidated throws" or "TicketReceived throws" => [],
        "TokenValidated handles" or "TokenValidated skips" or "TicketReceived handles" or "TicketReceived skips" => ["left_to_host"],
        _ => ["refused ciba.code=LOGIN_REFUSED"],
    };

    [Fact]
    public async Task What_is_refused_is_counted_once_though_the_browser_asks_again()
    {
        await using var host = await CibaTestHost.StartAsync(options => Set(options.Events, "TokenValidated fails"));
        using var metrics = new HeardMetrics(host);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);

        _ = await browser.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery);
        _ = await browser.SendAsync(HttpMethod.Get, waiting.Address.PathAndQuery);

        Assert.Single(metrics.Heard, heard => heard.StartsWith("ciba.login.outcomes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_changes_the_hint_or_refuses_it()
    {
        await using var host = await CibaTestHost.StartAsync(options => options.Events.OnBackchannelAuthentication = context =>
        {
            context.Refusal = context.LoginHint == "mallory" ? "Not <you>." : null;
            context.LoginHint = context.LoginHint!.Replace("0", "", StringComparison.Ordinal);
            return Task.CompletedTask;
        });
        using var browser = host.CreateBrowser();

        var page = await host.BeginAsync(browser, "mallory");
        Assert.Equal("Not <you>.", page.Notice);
        Assert.Equal("mallory", page.Value("#login_hint"));
        Assert.Equal(0, host.Op.Acknowledged);

        await browser.SubmitAsync(page, "form", ("login_hint", "al0ice"));
        Assert.Equal("alice", (await host.Op.WaitForRequestAsync("alice")).LoginHint);
    }

    [Fact]
    public async Task Events_come_from_the_services_where_a_type_is_named()
    {
        await using var host = await CibaTestHost.StartAsync(options => options.EventsType = typeof(Greeter), builder => builder.Services.AddScoped<Greeter>());
        using var browser = host.CreateBrowser();

        Assert.Equal("by Greeter", (await host.SignInAsync(browser)).Claims()["greeted"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_decline_leads_to_the_host_s_own_page_where_it_has_one(bool byEvent)
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            if (byEvent)
            {
                options.Events.OnAccessDenied = context =>
                {
                    context.Response.Redirect("/denied");
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
            }
            else
            {
                options.AccessDeniedPath = "/denied";
            }
        });
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        host.Op.Decline((await host.Op.WaitForRequestAsync("alice")).AuthReqId);
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        var denied = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal(byEvent ? "/denied" : "/denied?ReturnUrl=%2Fme", denied.Address.PathAndQuery);
    }

    private static void Set(CibaEvents events, string what)
    {
        switch (what.Split(' '))
        {
            case ["TokenValidated", var act, ..]:
                events.OnTokenValidated = context =>
                {
                    context.Principal = act == "takes" ? null : context.Principal;
                    return Do(act, context, context.Fail);
                };
                break;
            case ["TicketReceived", var act]:
                events.OnTicketReceived = context => Do(act, context, context.Fail);
                break;
            case ["RemoteFailure", var act]:
                events.OnTokenValidated = context => Do("fails", context, context.Fail);
                events.OnRemoteFailure = context => Do(act, context, _ => { });
                break;
        }
    }

    private static Task Do<TOptions>(string act, HandleRequestContext<TOptions> context, Action<string> fail)
        where TOptions : AuthenticationSchemeOptions
    {
        switch (act)
        {
            case "fails":
                fail("Not in the staff list.");
                break;
            case "throws":
                throw new InvalidOperationException("The staff list is gone.");
            case "handles":
                context.Response.StatusCode = 418;
                context.HandleResponse();
                break;
            case "skips":
                context.SkipHandler();
                break;
        }

        return Task.CompletedTask;
    }

    private sealed class Greeter : CibaEvents
    {
        public override Task TokenValidated(TokenValidatedContext context)
        {
            ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("greeted", "by Greeter"));
            return Task.CompletedTask;
        }
    }
}
