using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>A client, an OP and a clock, put together for one test.</summary>
internal sealed class Stage : IDisposable
{
    private readonly Lazy<CibaClient> _client;
    private readonly HttpMessageInvoker _invoker;

    public Stage(HttpMessageHandler? handler = null)
    {
        _invoker = new HttpMessageInvoker(handler ?? Op);
        _client = new Lazy<CibaClient>(() =>
        {
            var settings = Settings ?? new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = Authentication, IdTokenSigningAlgorithms = Algorithms, Scope = Scope };
            return new CibaClient(settings, Source(settings), _invoker, Time);
        });
    }

    public FakeOp Op { get; } = new();

    public ManualTimeProvider Time { get; } = new(TestToken.Now);

    public ClientAuthentication Authentication { get; set; } = new ClientSecretPost(TestKeys.Secret);

    public IReadOnlyList<string> Algorithms { get; set; } = ["PS256"];

    public IReadOnlyList<string> Scope { get; set; } = ["openid"];

    /// <summary>The whole settings, in place of the three above, for a test that needs others.</summary>
    public CibaClientSettings? Settings { get; set; }

    public CibaClient Client => _client.Value;

    public static BackchannelAuthenticationRequest Johndoe => new() { LoginHint = "johndoe" };

    public static IdTokenExpectation Expectation => new() { RequestedAt = TestToken.RequestedAt, AuthReqId = TestToken.AuthReqId };

    public static TokenSet Tokens(string idToken, string? refreshToken = null) =>
        new() { IdToken = idToken, AccessToken = TestToken.AccessToken, TokenType = "Bearer", RefreshToken = refreshToken };

    public async Task<TokenResponse> PollAsync(HttpResponseMessage answer)
    {
        Op.Token = (_, _) => Task.FromResult(answer);
        return await Client.PollAsync(TestToken.AuthReqId);
    }

    public async Task<BackchannelAuthenticationResponse> StartAsync(HttpResponseMessage answer)
    {
        Op.Backchannel = (_, _) => Task.FromResult(answer);
        return await Client.StartAsync(Johndoe);
    }

    /// <summary>Lets other work run until the condition holds.</summary>
    public static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    /// <summary>Lets other work run until the condition holds; fails after 20 seconds of real time, far longer than any test takes.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), "waited in vain");
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        _invoker.Dispose();
        Op.Dispose();
    }

    private ProviderMetadataSource Source(CibaClientSettings settings) => new(
        new ProviderMetadataSettings { Client = settings, ExpectedIssuer = FakeOp.Issuer, MetadataAddress = new Uri($"{FakeOp.Issuer}/.well-known/openid-configuration") },
        _invoker,
        Time);
}
