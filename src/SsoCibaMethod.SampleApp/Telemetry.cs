using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SsoCibaMethod.SampleApp;

/// <summary>Sends metrics, traces and the log to an OpenTelemetry collector, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one, and else to nobody.</summary>
internal static class Telemetry
{
    public static void Add(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        _ = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName))
            .WithMetrics(metrics => metrics.AddMeter("SsoCibaMethod", "SsoCibaMethod.Client", "System.Net.Http").AddAspNetCoreInstrumentation())
            .WithTracing(tracing => tracing.AddSource("SsoCibaMethod", "SsoCibaMethod.Client").AddAspNetCoreInstrumentation())
            .WithLogging(configureBuilder: null, options => options.IncludeScopes = true)
            .UseOtlpExporter();
    }
}
