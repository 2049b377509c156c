using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Diagnostics;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

/// <summary>What a host asks of an ID token beyond the protocol (K-36).</summary>
[Trait("Spec", "K-36")]
public class IdTokenCheckTests
{
    [Fact]
    public async Task A_check_sees_the_claims_and_the_scheme_and_accepts()
    {
        var seen = new List<IdTokenCheckContext>();
        await using var host = await StartAsync(context =>
        {
            seen.Add(context);
            return new IdTokenCheckResult.Accepted();
        });
        using var browser = host.CreateBrowser();

        Assert.Equal("/me", (await host.SignInAsync(browser)).Address.AbsolutePath);

        var context = Assert.Single(seen);
        Assert.Equal(("Ciba", "https://op.example/op"), (context.Scheme, (string?)context.Claims["iss"]));
        Assert.Equal(JsonValue.Create(1).GetValueKind(), context.Claims["exp"]!.GetValueKind());
        Assert.Equal("Ciba", context.ToString());
    }

    [Fact]
    public async Task A_refusal_ends_the_login_and_nothing_more_is_sent()
    {
        await using var host = await StartAsync(_ => new IdTokenCheckResult.Refused("txn is missing"));
        using var metrics = new HeardMetrics(host);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));

        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        var polls = host.Op.Counters.Polls;
        host.Clock.Advance(TimeSpan.FromMinutes(9));
        await host.SettleAsync();
        Assert.Equal(polls, host.Op.Counters.Polls);
        Assert.StartsWith("You were recognised, but", (await browser.OpenAsync(waiting.Address.ToString())).Notice, StringComparison.Ordinal);
        Assert.False(browser.IsSignedIn());
        Assert.Contains("ciba.login.outcomes 1 ciba.method=Ciba ciba.outcome=refused ciba.code=LOGIN_REFUSED", metrics.Heard);
        Assert.Contains("Check: txn is missing", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_throws_refuses()
    {
        await using var host = await StartAsync(_ => throw new InvalidOperationException("The list of frameworks is not there."));
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));

        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        _ = await browser.OpenAsync(waiting.Address.ToString());
        Assert.False(browser.IsSignedIn());
        Assert.Contains("The list of frameworks is not there.", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_checks_must_accept_and_none_changes_what_the_next_one_judges()
    {
        JsonNode? left = null;
        await using var host = await CibaTestHost.StartAsync(services: builder => builder.Services
            .AddScoped<IIdTokenCheck>(services => new Check(context => context.Claims.Remove("sub") ? new IdTokenCheckResult.Accepted() : new IdTokenCheckResult.Refused("the first")))
            .AddScoped<IIdTokenCheck>(services => new Check(context =>
            {
                left = context.Claims["sub"];
                return new IdTokenCheckResult.Refused("the second");
            })));
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));

        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        Assert.NotNull(left);
    }

    private static Task<CibaTestHost> StartAsync(Func<IdTokenCheckContext, IdTokenCheckResult> judge) =>
        CibaTestHost.StartAsync(services: builder => builder.Services.AddSingleton<IIdTokenCheck>(new Check(judge)));

    private sealed class Check(Func<IdTokenCheckContext, IdTokenCheckResult> judge) : IIdTokenCheck
    {
        public ValueTask<IdTokenCheckResult> CheckAsync(IdTokenCheckContext context, CancellationToken cancellationToken) => new(judge(context));
    }
}
