using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>A client's notification endpoint: keeps what it is sent and answers as a test wants.</summary>
internal sealed class NotificationEndpoint : HttpMessageHandler
{
    private readonly ConcurrentQueue<NotificationReceived> _received = new();

    public IReadOnlyList<NotificationReceived> Received => [.. _received];

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.NoContent;

    /// <summary>Gets or sets what the answer waits for.</summary>
    public Task Busy { get; set; } = Task.CompletedTask;

    public bool IsDown { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new HttpRequestException("Nobody is there.");
        }

        using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        _received.Enqueue(new(
            request.RequestUri!, request.Headers.Authorization!.ToString(), request.Content.Headers.ContentType!.ToString(), body.RootElement.Clone()));
        await Busy.WaitAsync(cancellationToken);
        return new(Answer);
    }
}

internal sealed record NotificationReceived(Uri Address, string Authorization, string ContentType, JsonElement Body)
{
    public string Text(string member) => Body.GetProperty(member).GetString()!;
}
