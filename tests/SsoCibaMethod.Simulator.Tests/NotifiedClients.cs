namespace SsoCibaMethod.Simulator.Tests;

/// <summary>An OP and the endpoint of its clients for ping and push, for tests of what it calls there.</summary>
public abstract class NotifiedClients : IDisposable
{
    private protected const string Token = "8d67dc78-7faa-4d41-aabd-67707b374255";

    private protected readonly NotificationEndpoint _client = new();
    private readonly HttpMessageInvoker _http;
    private protected readonly SimulatorHost _op;

    protected NotifiedClients()
    {
        _http = new HttpMessageInvoker(_client);
        _op = new SimulatorHost(options =>
        {
            options.NotificationHttp = _http;
            options.Clients.Add(Client("ping", CibaSimulatorDeliveryMode.Ping));
            options.Clients.Add(Client("push", CibaSimulatorDeliveryMode.Push));
        });
    }

    public void Dispose()
    {
        _op.Dispose();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    private static CibaSimulatorClient Client(string id, CibaSimulatorDeliveryMode mode) => new(id)
    {
        Secret = "other",
        AuthenticationMethod = "client_secret_post",
        TokenDeliveryMode = mode,
        NotificationEndpoint = new("https://client.example/notify"),
    };

    private protected Task<WireAnswer> AskAsync(string client, params (string Name, string? Value)[] parameters) =>
        _op.AskAsync([("client_id", client), ("client_secret", "other"), ("client_notification_token", Token), .. parameters]);

    private protected async Task<string> AskedAsync(string client, params (string Name, string? Value)[] parameters) =>
        (await AskAsync(client, parameters)).Text("auth_req_id");

    private protected Task<WireAnswer> PollAsync(string client, string id) => _op.PollAsync(id, ("client_id", client), ("client_secret", "other"));

    private protected Task<CibaSimulatorRequest> NotifiedAsync(string id, int times = 1) =>
        _op.Simulator.WaitForAsync(request => request.AuthReqId == id && request.Notifications.Count == times);
}
