using System.Net;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.PostgreSql;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>A network address that comes by several nodes gets its number once, and not from each.</summary>
[Trait("Spec", "S-41")]
public class TwoNodesTests
{
    private const int PerAddress = 10;

    private readonly KeyShelf _keys = new();

    [Fact]
    public async Task Nodes_with_a_store_in_common_count_an_address_together()
    {
        var refused = 0;
        var store = new TroubledStore().On(new ManualTimeProvider());
        store.OnReplace = record => refused += record is { State: PendingLoginState.Failed, AddressHash: 0 } ? 1 : 0;

        await CountTogetherAsync(() => store);

        // A flood is written once for each node and refusal.
        Assert.Equal(4, refused);
    }

    [PostgreSqlFact]
    public async Task Nodes_with_PostgreSQL_in_common_count_an_address_together()
    {
        await using var test = new TestDatabase();
        await CountTogetherAsync(() => test.CreateStore(new ManualTimeProvider()));
    }

    [Fact]
    public async Task Of_fifty_at_once_by_two_nodes_ten_are_started()
    {
        const int Many = 50;
        var store = new InMemoryPendingLoginStore(new ManualTimeProvider());
        await using var one = await StartAsync(() => store);
        await using var two = await StartAsync(() => store);
        var browsers = Enumerable.Range(0, Many).Select(i => (i % 2 == 0 ? one : two).CreateBrowserAt("192.0.2.1")).ToArray();
        var forms = await Task.WhenAll(browsers.Select(browser => browser.OpenAsync("/me")));

        var pages = await Task.WhenAll(browsers.Select((browser, i) => Task.Run(() => browser.SubmitAsync(forms[i], "form", ("login_hint", $"nobody{i}")))));

        Assert.Equal(PerAddress, pages.Count(page => page.Status != HttpStatusCode.TooManyRequests));
        Array.ForEach(browsers, browser => browser.Dispose());
    }

    private async Task CountTogetherAsync(Func<IPendingLoginStore> store)
    {
        await using var one = await StartAsync(store);
        await using var two = await StartAsync(store);
        using var there = one.CreateBrowserAt("192.0.2.1");
        using var here = two.CreateBrowserAt("192.0.2.1");
        for (var i = 0; i < PerAddress; i++)
        {
            await PassesAsync(i % 2 == 0 ? one : two, i % 2 == 0 ? there : here, $"nobody{i}");
            one.Clock.Advance(TimeSpan.FromSeconds(10));
            two.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await IsRefusedAsync(one, there, "3:20");
        await IsRefusedAsync(two, here, "3:20");
        using var another = two.CreateBrowserAt("192.0.2.2");
        await PassesAsync(two, another, "nobody there");

        // The refused tries count nowhere, as on one node.
        one.Clock.Advance(TimeSpan.FromSeconds(200));
        two.Clock.Advance(TimeSpan.FromSeconds(200));
        await PassesAsync(two, here, "nobody again");
        await IsRefusedAsync(one, there, "0:10");
        await IsRefusedAsync(two, here, "0:10");
    }

    private static async Task PassesAsync(CibaTestHost host, TestBrowser browser, string hint) =>
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await host.BeginAsync(browser, hint)).Status);

    private static async Task IsRefusedAsync(CibaTestHost host, TestBrowser browser, string wait)
    {
        for (var i = 0; i < 2 * PerAddress; i++)
        {
            var page = await host.BeginAsync(browser, $"refused{i}");
            Assert.Equal((HttpStatusCode.TooManyRequests, wait), (page.Status, page.Document.QuerySelector("[data-retry]")?.TextContent));
        }

        Assert.Contains("StartLimits:PerAddress", host.Log.Text, StringComparison.Ordinal);
    }

    private Task<CibaTestHost> StartAsync(Func<IPendingLoginStore> store) => CibaTestHost.StartAsync(CibaTestHost.WithDefaultLimits, builder =>
    {
        builder.Services.AddSingleton(store());
        builder.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = _keys);
    });
}
