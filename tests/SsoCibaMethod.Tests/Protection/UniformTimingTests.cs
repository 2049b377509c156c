using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>Tests that measure: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class MeasuringTests
{
    public const string Name = "Measuring";
}

/// <summary>With the uniform outcome the time tells nothing either, over real connections, though the OP takes its time for those it knows.</summary>
[Collection(MeasuringTests.Name)]
[Trait("Spec", "S-28")]
public class UniformTimingTests
{
    private const int Runs = 500;

    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan OpTakes = TimeSpan.FromMilliseconds(40);

    [Fact]
    public async Task The_medians_of_known_and_unknown_users_differ_by_less_than_ten_milliseconds()
    {
        await using var op = await ServeAsync(builder => builder.Services.AddCibaSimulator(options =>
        {
            options.Clients.Add(new CibaSimulatorClient("app") { Secret = CibaTestHost.Secret });
            options.AcknowledgementDelay = OpTakes;
        }), app => app.MapCibaSimulator("/op"));
        await using var app = await ServeAsync(
            builder => builder.Services.AddCibaAuthentication(options =>
            {
                options.Authority = Address(op) + "/op";
                options.ClientId = "app";
                options.ClientSecret = CibaTestHost.Secret;
                options.UniformOutcome = true;
                options.StartLimits.PerHint = options.StartLimits.PerAddress = 10_000;
            }),
            app => app.UseAuthentication());
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var browser = new TestBrowser(handler, new Uri(Address(app)));
        var known = new Times();
        var unknown = new Times();

        for (var i = 0; i < Runs + 20; i++)
        {
            // In turns, each as often the first of the two; the earliest only warm up.
            var isKnown = i % 2 == 0;
            await MeasureAsync(isKnown);
            await MeasureAsync(!isKnown);
        }

        AssertSame(known.Redirect, unknown.Redirect);
        AssertSame(known.Status, unknown.Status);

        async Task MeasureAsync(bool isKnown)
        {
            var times = isKnown ? known : unknown;
            var form = await browser.OpenAsync("/signin-ciba");
            var (method, address, content) = TestBrowser.Form(form, "form", ("login_hint", isKnown ? "alice" : "mario"));
            var sentAt = TimeProvider.System.GetTimestamp();
            var redirect = await browser.SendAsync(method, address.ToString(), content);
            times.Redirect.Add(TimeProvider.System.GetElapsedTime(sentAt));
            var status = redirect.RedirectsTo!.ToString().Replace("/signin-ciba", "/signin-ciba/status", StringComparison.Ordinal);
            var answer = await browser.SendAsync(HttpMethod.Get, status);
            times.Status.Add(TimeProvider.System.GetElapsedTime(sentAt));
            Assert.StartsWith("{\"state\":\"waiting\"", answer.Body, StringComparison.Ordinal);
        }
    }

    private static void AssertSame(List<TimeSpan> known, List<TimeSpan> unknown)
    {
        var difference = (Median(known) - Median(unknown)).Duration();
        Assert.True(difference < Allowed, $"Known {Median(known).TotalMilliseconds} ms, unknown {Median(unknown).TotalMilliseconds} ms.");
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Skip(times.Count - Runs).Order().ElementAt(Runs / 2);

    private static async Task<WebApplication> ServeAsync(Action<WebApplicationBuilder> services, Action<WebApplication> pipeline)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        services(builder);
        var app = builder.Build();
        pipeline(app);
        await app.StartAsync();
        return app;
    }

    private static string Address(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private sealed record Times
    {
        public List<TimeSpan> Redirect { get; } = [];

        public List<TimeSpan> Status { get; } = [];
    }
}
