using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.BadInput;

/// <summary>One host for all tests of a class that leave nothing behind. It challenges at "/challenge?to=" and notes where answers lead.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public CibaTestHost Host { get; private set; } = null!;

    /// <summary>The newest Location as the application wrote it.</summary>
    public string Location { get; private set; } = "";

    public async Task InitializeAsync() => Host = await CibaTestHost.StartAsync(pipeline: app =>
    {
        app.Use(async (context, next) =>
        {
            await next(context);
            Location = context.Response.Headers.Location.ToString();
        });
        CibaTestHost.ShowUser(app);
        app.MapGet("/challenge", (HttpContext context) =>
            context.ChallengeAsync("Ciba", new AuthenticationProperties { RedirectUri = context.Request.Query["to"] }));
    });

    public Task DisposeAsync() => Host.DisposeAsync().AsTask();
}
