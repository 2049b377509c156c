using System.Text.Json.Nodes;
using SsoCibaMethod.Simulator.Requests;

namespace SsoCibaMethod.Simulator.Notifications;

/// <summary>Calls the clients' notification endpoints in the background, once for each decision, and writes down what they answered.</summary>
internal sealed class NotificationSender : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CibaSimulator _simulator;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly Lazy<HttpMessageInvoker> _own = new(() => new HttpMessageInvoker(new SocketsHttpHandler
    {
        // The bearer token is for the registered endpoint, not for where it may point to.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    }));

    public NotificationSender(CibaSimulator simulator)
    {
        _simulator = simulator;
        _stopping = _stop.Token;
    }

    /// <summary>Called when a request is decided.</summary>
    public void Queue(BackchannelRequest request)
    {
        if (request.Asked.Client.TokenDeliveryMode is not CibaSimulatorDeliveryMode.Poll && request.Misdelivery is not CibaSimulatorMisdelivery.Never)
        {
            // In the background: neither the phone nor the client waits for the other.
            _ = Task.Run(() => DeliverAsync(request), _stopping);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        if (_own.IsValueCreated)
        {
            _own.Value.Dispose();
        }
    }

    private async Task DeliverAsync(BackchannelRequest request)
    {
        try
        {
            var misdelivery = request.Misdelivery;
            await (misdelivery is CibaSimulatorMisdelivery.BeforeAcknowledgement ? Task.CompletedTask : request.Acknowledged).WaitAsync(_stopping);
            await (misdelivery is CibaSimulatorMisdelivery.Late ? _simulator.NotificationsReleased : Task.CompletedTask).WaitAsync(_stopping);
            var body = NotificationMessage.BodyOf(request, _simulator);
            await SendAsync(request, body);
            if (misdelivery is CibaSimulatorMisdelivery.Duplicate)
            {
                await SendAsync(request, body);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host is going down, and with it everything this would have told of.
        }
    }

    private async Task SendAsync(BackchannelRequest request, JsonObject body)
    {
        var sentAt = _simulator.Now;
        CibaSimulatorNotification notification;
        try
        {
            using var message = NotificationMessage.Create(request, body, request.Misdelivery);
            using var patience = new CancellationTokenSource(Patience, _simulator.Time);
            using var given = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping);
            using var answer = await (_simulator.Options.NotificationHttp ?? _own.Value).SendAsync(message, given.Token);
            notification = new(sentAt, (int)answer.StatusCode);
            _simulator.Log.NotificationAnswered(request.Asked.Client.ClientId, (int)answer.StatusCode);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            // A client in the same process throws what it likes; its message may name the address, so only the kind is kept.
            notification = new(sentAt, null, exception.GetType().Name);
            _simulator.Log.NotificationUnanswered(request.Asked.Client.ClientId, exception.GetType().Name);
        }

        _simulator.Book.Notified(request, notification);
    }
}
