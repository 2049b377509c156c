using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Benchmarks.Hosting;
using SsoCibaMethod.Benchmarks.Polls;

namespace SsoCibaMethod.Benchmarks.ForeignRequests;

/// <summary>Somebody's application with so many sign-in methods, and its answer to a request that is for none of them.</summary>
internal sealed class ForeignHost
{
    private const int RequestsACall = 100;

    private readonly RequestDelegate _pipeline;
    private readonly IServiceScopeFactory _scopes;

    private ForeignHost(WebApplication app)
    {
        _scopes = app.Services.GetRequiredService<IServiceScopeFactory>();
        var pipeline = new ApplicationBuilder(app.Services).UseAuthentication();
        pipeline.Run(_ => Task.CompletedTask);
        _pipeline = pipeline.Build();
    }

    public static ForeignHost Create(int methods, Action<AuthenticationBuilder, string> add) => new(Build(methods, add));

    public static void AddBare(AuthenticationBuilder builder, string scheme) =>
        builder.AddRemoteScheme<RemoteAuthenticationOptions, BareHandler>(scheme, scheme, options => options.CallbackPath = $"/signin-{scheme}");

    public static void AddOurs(AuthenticationBuilder builder, string scheme) => builder.AddCibaAuthentication(scheme, scheme, options =>
    {
        options.Authority = StaticOp.Issuer;
        options.ClientId = Registration.ClientId;
        options.ClientSecret = Registration.Secret;
        options.BackchannelHttpHandler = new StaticOp();
    });

    /// <summary>The application, not started.</summary>
    public static WebApplication Build(int methods, Action<AuthenticationBuilder, string> add)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var authentication = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        for (var i = 0; i < methods; i++)
        {
            add(authentication, $"m{i}");
        }

        return builder.Build();
    }

    /// <summary>Answers some requests; the clock is not looked at for each.</summary>
    public async Task AnswerAsync(int worker)
    {
        for (var i = 0; i < RequestsACall; i++)
        {
            await using var scope = _scopes.CreateAsyncScope();
            var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            context.Request.Path = "/orders/1";
            await _pipeline(context);
        }
    }

    /// <summary>µs of CPU of one request.</summary>
    public async Task<double> CpuOfRequestAsync(TimeSpan duration) => await Measuring.ClosedLoad.CpuOfCallAsync(AnswerAsync, duration, workers: 1) / RequestsACall;
}
