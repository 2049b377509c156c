using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>What is counted of logins, and that no count tells of a user.</summary>
[Trait("Spec", "S-43")]
public class MetricsTests
{
    [Fact]
    public async Task A_login_is_counted_from_its_start_to_the_sign_in_by_method_and_code()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var metrics = new HeardMetrics(host);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        metrics.Look();
        for (var i = 0; i < 6; i++)
        {
            await host.PassSecondAsync();
        }

        await host.ApproveAsync(browser, waiting);
        await browser.OpenAsync(waiting.Address.ToString());
        metrics.Look();

        Assert.Equal(
            [
                "ciba.login.starts 1 ciba.method=Ciba",
                "ciba.login.pending 1 ciba.method=Ciba",
                "ciba.polls 1 ciba.method=Ciba ciba.answer=authorization_pending",
                "ciba.polls 1 ciba.method=Ciba ciba.answer=tokens",
                "ciba.login.time_to_approve 10 ciba.method=Ciba",
                "ciba.login.outcomes 1 ciba.method=Ciba ciba.outcome=signed_in",
                "ciba.login.pending 0 ciba.method=Ciba",
            ],
            metrics.Heard);
    }

    [Fact]
    public async Task Ends_without_a_sign_in_refused_starts_and_slow_downs_are_counted_too()
    {
        var op = new ScriptedOp();
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            CibaTestHost.WithDefaultLimits(options);
            options.Authority = ScriptedOp.Issuer;
            options.IdTokenSigningAlgorithms = ["ES256"];
            options.BackchannelHttpHandler = op;
        });
        using var metrics = new HeardMetrics(host);
        using var browser = host.CreateBrowser();
        op.OnPoll = _ => ScriptedOp.Error("slow_down");
        var waiting = await host.BeginAsync(browser);
        for (var i = 0; i < 6; i++)
        {
            await host.PassSecondAsync();
        }

        op.OnPoll = _ => ScriptedOp.Error("access_denied");
        Assert.Equal("declined", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        await host.BeginAsync(browser);
        op.OnStart = _ => ScriptedOp.Error("unknown_user_id");
        await host.BeginAsync(browser, "nobody");

        Assert.Equal(
            [
                "ciba.login.starts 1 ciba.method=Ciba",
                "ciba.polls 1 ciba.method=Ciba ciba.answer=slow_down",
                "ciba.slow_downs 1 ciba.method=Ciba",
                "ciba.polls 1 ciba.method=Ciba ciba.answer=error",
                "ciba.login.outcomes 1 ciba.method=Ciba ciba.outcome=declined ciba.code=LOGIN_CANCEL",
                "ciba.limits.hit 1 ciba.method=Ciba ciba.limit=PerHint ciba.reason=Declined",
                "ciba.login.starts 1 ciba.method=Ciba",
                "ciba.login.outcomes 1 ciba.method=Ciba ciba.outcome=failed ciba.code=USER_NOT_FOUND",
            ],
            metrics.Heard);
    }
}
