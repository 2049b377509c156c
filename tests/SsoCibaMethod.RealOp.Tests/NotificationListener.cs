using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A notification endpoint of a program's own, reached by https.</summary>
internal sealed class NotificationListener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private NotificationListener(WebApplication app)
    {
        _app = app;
    }

    public string Address => $"{_app.Urls.First()}/notification";

    /// <summary>Listens with a certificate of this authority.</summary>
    /// <param name="authority">Whoever calls must trust it.</param>
    /// <param name="takes">Takes the bearer token and the body; says whether they are in order.</param>
    public static async Task<NotificationListener> StartAsync(LocalAuthority authority, Func<string, ReadOnlyMemory<byte>, bool> takes)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        authority.Serve(builder.WebHost);
        var app = builder.Build();
        app.MapPost("/notification", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var token = request.Headers.Authorization.ToString().Split("Bearer ", 2)[^1];
            return takes(token, body.ToArray()) ? Results.NoContent() : Results.Unauthorized();
        });
        await app.StartAsync();
        return new NotificationListener(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
