using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Browser.Tests.Hosting;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>An application in this process that has a method for each look of the page, with an OP that a test can hold, so that every state stays as long as it is looked at.</summary>
public sealed class ShowApp : BrowserApp
{
    private const string Secret = "a-client-secret-that-is-long-enough-for-hs256";

    private WebApplication? _app;
    private Uri? _address;

    public override Uri Address => _address!;

    public CibaSimulator Op => _app!.Services.GetRequiredService<CibaSimulator>();

    public Wire Wire { get; } = new();

    protected override async Task StartAsync()
    {
        // The OP's address is part of the settings, so it is chosen before the start.
        _address = Loopback.FreeAddress();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_address.ToString());
        builder.Services.AddCibaSimulator(options =>
        {
            options.Interval = TimeSpan.FromSeconds(1);
            options.Clients.Add(new CibaSimulatorClient("app") { Name = "The app", Secret = Secret });
        });
        var authentication = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        foreach (var (name, settings) in ShowMethods.All)
        {
            _ = authentication.AddCibaAuthentication(name, options =>
            {
                options.Authority = new Uri(_address, "/op").ToString();
                options.ClientId = "app";
                options.ClientSecret = Secret;
                options.BackchannelHttpHandler = Wire;
                options.StartLimits.PerHint = options.StartLimits.PerAddress = options.StartLimits.PerBrowser = 10_000;
                options.StartLimits.Cooldown = TimeSpan.Zero;
                settings(options);
            });
        }

        _app = builder.Build();
        _app.UseAuthentication();
        _app.MapCibaSimulator("/op");
        _app.MapGet("/", Blank);
        _app.MapGet("/signin/{method}", (string method) => Results.Challenge(new AuthenticationProperties { RedirectUri = "/me" }, [method]));
        _app.MapGet("/as/{email}", (string email) => Results.SignIn(
            new ClaimsPrincipal(new ClaimsIdentity([new("email", email), new("op_sub", "1")], "Password")), new AuthenticationProperties { RedirectUri = "/" }));
        _app.MapGet("/me", Blank);
        await _app.StartAsync();
    }

    protected override async ValueTask StopAsync()
    {
        Wire.Release();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    // With a picture of its own: else the browser asks for one that is not there.
    private static IResult Blank() => Results.Content("<!DOCTYPE html><title>-</title><link rel=icon href=data:,>", "text/html");
}
