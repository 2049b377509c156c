using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>
/// An OP that nobody here wrote (oidc-provider, in <c>tests/real-op</c>), for a class of tests:
/// <c>IClassFixture&lt;RealOp&gt;</c>. What only a test can do, such as answering on the phone, are methods here.
/// </summary>
public sealed class RealOp : IAsyncLifetime, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly TimeSpan RingLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(50);

    private readonly RealOpSettings _settings;
    private readonly LocalAuthority? _authority;
    private RealOpProcess? _process;
    private HttpClient? _http;

    public RealOp()
        : this(new RealOpSettings())
    {
    }

    /// <summary>An OP as the settings say; with an authority it is reached by https alone, and calls its clients so too.</summary>
    internal RealOp(RealOpSettings settings, LocalAuthority? authority = null)
    {
        _settings = settings;
        _authority = authority;
    }

    /// <summary><c>http://127.0.0.1:{port}</c>, or <c>https</c>, without a slash at the end.</summary>
    public string Issuer => _process?.Issuer ?? throw new InvalidOperationException("The OP was not started.");

    /// <summary>The origin of the endpoints that ask for a client certificate (RFC 8705 §5).</summary>
    public string Mutual => _process?.Mutual ?? throw new InvalidOperationException("The OP was not started with TLS.");

    /// <summary>A plain client whose base address is the OP.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("The OP was not started.");

    public async Task InitializeAsync()
    {
        // xunit makes the fixture of skipped tests too.
        if (RealOpParts.ReasonToSkip is not null)
        {
            return;
        }

        var settings = _settings with { Tls = _authority is null ? null : RealOpTls.Of(_authority) };
        _process = await RealOpProcess.StartAsync(JsonSerializer.Serialize(settings, Json), _authority?.RootFile);
        _http = new HttpClient(Network()) { BaseAddress = new Uri(Issuer) };
    }

    /// <summary>What reaches this OP, and shows it a certificate if there is one.</summary>
    internal SocketsHttpHandler Network(X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        if (_authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = _authority.TrustOnlyThis();
        }

        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        }

        return handler;
    }

    public void Dispose() => _http?.Dispose();

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.StopAsync();
        }
    }

    /// <summary>Registers a client, or replaces it.</summary>
    public Task AddClientAsync(RealOpClient client) => PostAsync("clients", client);

    /// <summary>Adds a person, or replaces one.</summary>
    public Task AddAccountAsync(RealOpAccount account) => PostAsync("accounts", account);

    /// <summary>Everything that waits on a phone.</summary>
    public Task<IReadOnlyList<RealOpRequest>> RequestsAsync() => GetAsync<IReadOnlyList<RealOpRequest>>("requests");

    /// <summary>Waits until this person's phone rings.</summary>
    public async Task<RealOpRequest> WaitForRequestAsync(string sub)
    {
        using var limit = new CancellationTokenSource(RingLimit, TimeProvider.System);
        while (true)
        {
            var requests = await RequestsAsync();
            if (requests.LastOrDefault(request => request.Sub == sub) is { } request)
            {
                return request;
            }

            await Task.Delay(LookAgainAfter, TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Waits until the OP has answered so many polls for one request.</summary>
    public async Task<RealOpSeen> WaitForPollsAsync(string authReqId, int count)
    {
        using var limit = new CancellationTokenSource(RingLimit, TimeProvider.System);
        while (true)
        {
            var seen = await SeenAsync();
            if (seen.Request(authReqId).Polls.Count >= count)
            {
                return seen;
            }

            await Task.Delay(LookAgainAfter, TimeProvider.System, limit.Token);
        }
    }

    /// <summary>This person approves everything that waits; it is an error when nothing does.</summary>
    public Task ApproveAsync(string sub) => AnswerAsync("approve", sub);

    /// <inheritdoc cref="ApproveAsync"/>
    public Task DeclineAsync(string sub) => AnswerAsync("decline", sub);

    public Task<RealOpSeen> SeenAsync() => GetAsync<RealOpSeen>("seen");

    /// <summary>Replaces every signing key of the OP; the old ones leave its key set at once.</summary>
    public Task RotateKeysAsync() => PostAsync("rotate-keys");

    /// <summary>Lets the OP forget the keys it fetched from its clients, as it does by itself after a minute and no earlier.</summary>
    public Task ForgetClientKeysAsync() => PostAsync("restart");

    /// <summary>Lets every token answer take this long, as of a slow OP; zero ends it.</summary>
    public Task DelayTokenAnswersAsync(TimeSpan delay) =>
        PostAsync(FormattableString.Invariant($"token-delay?milliseconds={delay.TotalMilliseconds}"));

    private async Task AnswerAsync(string action, string sub)
    {
        var answer = await PostAsync($"{action}?sub={Uri.EscapeDataString(sub)}");
        if (answer.GetProperty("answered").GetInt32() == 0)
        {
            throw new InvalidOperationException($"Nothing waits for {sub} at the OP.");
        }
    }

    private async Task<T> GetAsync<T>(string what) => (await Http.GetFromJsonAsync<T>($"/control/{what}", Json))!;

    private async Task<JsonElement> PostAsync(string what, object? body = null)
    {
        using var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json);
        using var response = await Http.PostAsync(new Uri($"/control/{what}", UriKind.Relative), content);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode
            ? answer
            : throw new InvalidOperationException($"The OP refused {what}: {answer.GetProperty("error").GetString()}");
    }
}
