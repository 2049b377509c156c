using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SsoCibaMethod.SampleApp.Tests;

/// <summary>The sample tells a collector what happens, if it is told where one is.</summary>
public class TelemetryTests
{
    [Fact]
    public async Task A_collector_that_is_named_gets_metrics_traces_and_the_log()
    {
        var got = new ConcurrentDictionary<string, byte[]>();
        await using var collector = await StartCollectorAsync(got);

        // Without the detour that leads every other test's calls back into the sample.
        await using (var sample = new WebApplicationFactory<Program>())
        {
            await using var app = sample.WithWebHostBuilder(builder => builder
                .UseEnvironment("Development")
                .UseSetting("urls", SampleApp.Address)
                .UseSetting("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single())
                .UseSetting("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
            using var browser = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
            Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/signin/Ciba")).StatusCode);

            // Whether its OP has been found missing yet, at an address where nobody listens, is not the question.
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health")).StatusCode);

            // Soon after its start the sample reads the metadata of its OP, or fails to.
            while (!Text(got, "/v1/metrics").Contains("ciba.client.key_fetches", StringComparison.Ordinal))
            {
                _ = app.Services.GetRequiredService<MeterProvider>().ForceFlush();
                await Task.Yield();
            }

            _ = app.Services.GetRequiredService<TracerProvider>().ForceFlush();
        }

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], got.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("ciba challenge", Text(got, "/v1/traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_one_nothing_of_it_is_there()
    {
        await using var sample = new SampleApp();

        Assert.Null(sample.Services.GetService<MeterProvider>());
        Assert.Null(sample.Services.GetService<TracerProvider>());
    }

    private static string Text(ConcurrentDictionary<string, byte[]> got, string path) => System.Text.Encoding.Latin1.GetString(got.GetValueOrDefault(path, []));

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentDictionary<string, byte[]> got)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            got.AddOrUpdate(context.Request.Path.Value!, body.ToArray(), (_, before) => [.. before, .. body.ToArray()]);
        });
        await collector.StartAsync();
        return collector;
    }
}
