using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>A login is one trace, whatever requests and nodes it passes by.</summary>
public class LoginTraceTests
{
    private const string Scheme = "Traced";

    private readonly ConcurrentQueue<Activity> _spans = new();

    [Fact]
    public async Task One_trace_leads_from_the_challenge_on_one_node_to_the_sign_in_on_another()
    {
        using var listener = Listen(ActivitySamplingResult.AllDataAndRecorded);
        var keys = new KeyShelf();
        var store = new InMemoryPendingLoginStore(new ManualTimeProvider());
        await using var one = await StartAsync(store, keys);
        await using var two = await StartAsync(store, keys);
        using var browser = one.CreateBrowser();
        using var there = two.CreateBrowser();
        var waiting = await one.BeginAsync(browser);
        await one.ApproveAsync(browser, waiting);
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
        {
            there.Cookies.Add(cookie);
        }

        Assert.Equal("/me", (await there.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);

        // Other tests run beside this one.
        var reference = System.Web.HttpUtility.ParseQueryString(waiting.Address.Query)["a"]!;
        var start = Assert.Single(_spans, span => span.OperationName == "ciba login start" && (string?)span.GetTagItem("ciba.login") == reference);
        var trace = _spans.Where(span => span.TraceId == start.TraceId).OrderBy(span => span.StartTimeUtc).ToList();
        Assert.Equal(["ciba challenge", "ciba login start", "ciba login poll", "ciba login approve", "ciba login sign-in"], trace.Select(span => span.OperationName));
        Assert.Equal(trace[0].SpanId, start.ParentSpanId);
        Assert.All(trace.Skip(2), span => Assert.Equal(start.SpanId, span.ParentSpanId));
        Assert.Equal("tokens", trace[2].GetTagItem("ciba.answer"));
        Assert.DoesNotContain(trace.SelectMany(span => span.TagObjects), tag => $"{tag.Value}".Contains("alice", StringComparison.OrdinalIgnoreCase));

        // The sign-in lasts longer than the login, and carries nothing of it.
        Assert.False(await HasTraceAsync(two, there));
    }

    [Fact]
    public async Task A_login_that_is_not_recorded_carries_nothing_and_has_no_spans_of_its_polls()
    {
        using var listener = Listen(ActivitySamplingResult.PropagationData);
        await using var host = await CibaTestHost.StartAsync(register: Register);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);

        var reference = System.Web.HttpUtility.ParseQueryString(waiting.Address.Query)["a"]!;
        Assert.DoesNotContain(_spans, span => span.OperationName == "ciba login poll" && (string?)span.GetTagItem("ciba.login") == reference);
        var login = await host.Services.GetRequiredService<PendingLoginService>().FindAsync(AttemptForm.IdOf(Assert.Single(browser.Handles()).Value.Split('.')[0]), default);
        Assert.DoesNotContain(PropertiesSerializer.Default.Deserialize(login!.Details.Properties)!.Items, item => item.Key.Contains("trace", StringComparison.Ordinal));
    }

    private static async Task<bool> HasTraceAsync(CibaTestHost host, TestBrowser browser) => (await browser.OpenAsync("/items")).Body.Contains("trace", StringComparison.Ordinal);

    private ActivityListener Listen(ActivitySamplingResult result)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SsoCibaMethod",

            // The logins of the tests beside this one are to be as they are without.
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Tags?.Any(tag => tag is { Key: "ciba.method", Value: Scheme }) == true ? result : ActivitySamplingResult.None,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static void Register(WebApplicationBuilder builder, Action<CibaOptions> configure) => builder.Services
        .AddAuthentication(options =>
        {
            options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            options.DefaultChallengeScheme = Scheme;
        })
        .AddCookie()
        .AddCibaAuthentication(Scheme, configure);

    private static Task<CibaTestHost> StartAsync(IPendingLoginStore store, KeyShelf keys) => CibaTestHost.StartAsync(
        services: builder =>
        {
            builder.Services.AddSingleton(store);
            builder.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
        },
        pipeline: app =>
        {
            CibaTestHost.ShowUser(app);
            app.MapGet("/items", async Task<string> (HttpContext context) => string.Join(' ', (await context.AuthenticateAsync()).Properties!.Items.Keys));
        },
        register: Register);
}
