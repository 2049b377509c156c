using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Benchmarks.Polls;
using SsoCibaMethod.Client;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Benchmarks.Whole;

/// <summary>An application and the simulated OP, each at an address of its own on this machine.</summary>
internal sealed class WholeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WebApplication _op;

    private WholeHost(WebApplication app, WebApplication op) => (_app, _op) = (app, op);

    public Uri Address => new(_app.Urls.First());

    public CibaSimulator Op => _op.Services.GetRequiredService<CibaSimulator>();

    /// <summary>Starts both.</summary>
    /// <param name="mode">How the OP hands over what came of a login.</param>
    /// <param name="configure">What is special about the application.</param>
    public static async Task<WholeHost> StartAsync(TokenDeliveryMode mode, Action<IServiceCollection>? configure = null)
    {
        var (appAddress, opAddress) = (Loopback.FreeAddress(), Loopback.FreeAddress());
        var op = NewBuilder(opAddress);
        op.Services.AddCibaSimulator(options =>
        {
            options.Interval = TimeSpan.FromSeconds(1);
            options.Clients.Add(new CibaSimulatorClient(Registration.ClientId)
            {
                Secret = Registration.Secret,
                TokenDeliveryMode = mode == TokenDeliveryMode.Ping ? CibaSimulatorDeliveryMode.Ping : CibaSimulatorDeliveryMode.Poll,
                NotificationEndpoint = mode == TokenDeliveryMode.Ping ? new Uri(appAddress, "/signin-ciba/notification") : null,
            });
        });
        var app = NewBuilder(appAddress);
        app.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        app.Services.AddAuthorization();
        app.Services.AddCibaAuthentication(options =>
        {
            options.Authority = new Uri(opAddress, "/op").ToString();
            options.ClientId = Registration.ClientId;
            options.ClientSecret = Registration.Secret;
            options.TokenDeliveryMode = mode;
            options.StartLimits.Enabled = false;
        });
        configure?.Invoke(app.Services);
        var host = new WholeHost(app.Build(), op.Build());
        _ = host._op.MapCibaSimulator("/op");
        await host._op.StartAsync();
        _ = host._app.UseAuthentication().UseAuthorization();
        host._app.MapGet("/me", (HttpContext context) => context.User.Identity!.Name ?? "signed in").RequireAuthorization();
        await host._app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _op.DisposeAsync();
    }

    private static WebApplicationBuilder NewBuilder(Uri address)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls(address.ToString());
        return builder;
    }
}
