using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>What a monitor hears of the settings, the OPs and the store.</summary>
public class HealthTests
{
    private const string Secret = "a-secret-that-no-monitor-may-see";

    [Fact]
    public async Task All_is_well_where_all_is_well_and_no_probe_asks_the_OP()
    {
        var op = new ScriptedOp();
        await using var host = await StartAsync(op);
        using var browser = host.CreateBrowser();
        await host.BeginAsync(browser);
        var requests = op.Polls.Count + op.Starts.Count;

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("ciba-settings Healthy, ciba-op Healthy, ciba-store Healthy", await ProbeAsync(host));
        }

        Assert.Equal(requests, op.Polls.Count + op.Starts.Count);
    }

    [Fact]
    public async Task An_OP_that_does_not_answer_degrades_until_it_does()
    {
        var op = new ScriptedOp { OnPoll = _ => new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable) };
        await using var host = await StartAsync(op);
        using var browser = host.CreateBrowser();
        await host.BeginAsync(browser);
        await PassAsync(host, 6);
        Assert.Equal("ciba-settings Healthy, ciba-op Degraded (Ciba: the token endpoint answered HTTP 503), ciba-store Healthy", await ProbeAsync(host));

        op.OnPoll = _ => ScriptedOp.Error("authorization_pending");
        await PassAsync(host, 6);
        Assert.Equal("ciba-settings Healthy, ciba-op Healthy, ciba-store Healthy", await ProbeAsync(host));
    }

    [Fact]
    public async Task Metadata_that_does_not_fit_degrades_and_names_the_setting()
    {
        var op = new ScriptedOp();
        _ = op.Metadata.Remove("token_endpoint");
        await using var host = await StartAsync(op);
        await host.LoggedAsync("MetadataMismatch");

        Assert.Contains("ciba-op Degraded (Ciba: ", await ProbeAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_is_unhealthy_and_so_is_one_that_does_not_answer()
    {
        var store = new TroubledStore();
        await using var host = await StartAsync(new ScriptedOp(), store);
        store.IsDown = true;
        Assert.Equal("ciba-settings Healthy, ciba-op Healthy, ciba-store Unhealthy", await ProbeAsync(host));

        store.IsDown = false;
        using var hold = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        store.OnRead = record =>
        {
            asked.Set();
            hold.Wait();
            return record;
        };
        var probe = ProbeAsync(host);
        await Task.Run(asked.Wait);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("ciba-store Unhealthy", await probe, StringComparison.Ordinal);
        hold.Set();
    }

    [Fact]
    public async Task A_method_with_a_fault_degrades_beside_one_that_works_and_alone_is_unhealthy()
    {
        await using var both = await WithFileAsync(("Good:Authority", "https://op.example"), ("Good:ClientId", "app"), ("Good:ClientSecret", Secret), ("Bad:ClientSecret", Secret));
        Assert.Matches("^ciba-settings Degraded \\(Bad: .*Method Bad: ", await ProbeAsync(both));

        await using var alone = await WithFileAsync(("Bad:ClientSecret", Secret));
        Assert.Contains("ciba-settings Unhealthy (Bad: ", await ProbeAsync(alone), StringComparison.Ordinal);
    }

    private static Task<CibaTestHost> WithFileAsync(params (string Name, string Value)[] settings) => CibaTestHost.StartAsync(register: (builder, _) =>
    {
        foreach (var (name, value) in settings)
        {
            builder.Configuration[$"Ciba:Methods:{name}"] = value;
        }

        builder.Services.AddAuthentication("Cookies").AddCookie().AddCibaMethods(builder.Configuration.GetSection("Ciba:Methods"));
        builder.Services.AddHealthChecks().AddCiba();
    });

    private static Task<CibaTestHost> StartAsync(ScriptedOp op, TroubledStore? store = null) => CibaTestHost.StartAsync(
        options =>
        {
            options.Authority = ScriptedOp.Issuer;
            options.ClientSecret = Secret;
            options.IdTokenSigningAlgorithms = ["ES256"];
            options.BackchannelHttpHandler = op;
        },
        builder =>
        {
            (store ?? new TroubledStore()).Register(builder);
            builder.Services.AddHealthChecks().AddCiba();
        });

    private static async Task<string> ProbeAsync(CibaTestHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        var all = string.Join(", ", report.Entries.Select(entry =>
            $"{entry.Key} {entry.Value.Status}{string.Concat(entry.Value.Data.Select(data => $" ({data.Key}: {data.Value})"))}"));
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.All(report.Entries, entry => Assert.Null(entry.Value.Exception));
        return all;
    }

    private static async Task PassAsync(CibaTestHost host, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await host.PassSecondAsync();
        }
    }
}
