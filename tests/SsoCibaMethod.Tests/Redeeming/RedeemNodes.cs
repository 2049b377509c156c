using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Redeeming;

/// <summary>Two nodes with a store in common, and a login that one OP approved, of which as many others are made as a test wants.</summary>
internal sealed class RedeemNodes : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, BreakPlan> _plans = new(StringComparer.Ordinal);
    private readonly List<CibaTestHost> _hosts = [];
    private HttpMessageInvoker[] _ways = [];
    private PendingLogin? _approved;
    private System.Net.Cookie? _handle;
    private string _page = "";

    public BreakingStore Store { get; } = new(new InMemoryPendingLoginStore(new ManualTimeProvider()));

    public static async Task<RedeemNodes> StartAsync()
    {
        var nodes = new RedeemNodes();
        var keys = new KeyShelf();
        for (var i = 0; i < 2; i++)
        {
            nodes._hosts.Add(await CibaTestHost.StartAsync(WithPoints, builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
                builder.Services.AddSingleton<IPendingLoginStore>(nodes.Store);
                builder.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
                builder.Services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, options =>
                {
                    options.Events.OnSigningIn = _ => BreakPlan.PassAsync("before the sign-in");
                    options.Events.OnSignedIn = _ => BreakPlan.PassAsync("after the sign-in");
                });
            }, nodes.Serve));
        }

        nodes._ways = [.. nodes._hosts.Select(host => new HttpMessageInvoker(host.CreateHandler()))];
        await nodes.ApproveOneAsync();
        return nodes;
    }

    /// <summary>One more login of a browser, approved, and not redeemed yet.</summary>
    /// <returns>The address it comes back to, and the name and value of its cookie.</returns>
    public async Task<(string Page, string Name, string Handle)> AddApprovedAsync(int run)
    {
        var number = $"r{run:d7}";
        var handle = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var login = _approved! with { Id = AttemptForm.IdOf(handle), Version = 1, Details = _approved.Details with { Reference = number } };
        Assert.True(await _hosts[0].Services.GetRequiredService<PendingLoginService>().CreateAsync(login, CancellationToken.None));
        return (_page.Replace(_approved.Reference, number, StringComparison.Ordinal), _handle!.Name.Replace(_approved.Reference, number, StringComparison.Ordinal), $"{handle}.0");
    }

    /// <summary>Sends a request to one of the nodes.</summary>
    /// <returns>Its answer; <see langword="null"/> where the browser left before.</returns>
    public async Task<HttpResponseMessage?> SendAsync(int node, string address, string cookies, BreakPlan plan)
    {
        var name = Guid.NewGuid().ToString("N");
        _plans[name] = plan;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri("https://app.example/"), address));
        request.Headers.Add(BreakPlan.Header, name);
        if (cookies.Length > 0)
        {
            request.Headers.Add("Cookie", cookies);
        }

        try
        {
            return await _ways[node].SendAsync(request, plan.Left);
        }
        catch (OperationCanceledException) when (plan.Left.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _ = _plans.TryRemove(name, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_ways, way => way.Dispose());
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static void WithPoints(CibaOptions options)
    {
        options.Events.OnTokenValidated = _ => BreakPlan.PassAsync("in TokenValidated");
        options.Events.OnTicketReceived = _ => BreakPlan.PassAsync("in TicketReceived");
    }

    private void Serve(WebApplication app)
    {
        app.Use((context, next) =>
        {
            BreakPlan.Current = _plans.GetValueOrDefault(context.Request.Headers[BreakPlan.Header].ToString());
            return next();
        });
        CibaTestHost.ShowUser(app);
    }

    private async Task ApproveOneAsync()
    {
        using var browser = _hosts[0].CreateBrowser();
        var waiting = await _hosts[0].BeginAsync(browser);
        _handle = Assert.Single(browser.Handles());
        await _hosts[0].ApproveAsync(browser, waiting);
        _approved = await _hosts[0].Services.GetRequiredService<PendingLoginService>().FindAsync(AttemptForm.IdOf(_handle.Value.Split('.')[0]), CancellationToken.None);
        Assert.Equal(PendingLoginState.Approved, _approved?.State);
        _page = waiting.Address.PathAndQuery;
    }
}
