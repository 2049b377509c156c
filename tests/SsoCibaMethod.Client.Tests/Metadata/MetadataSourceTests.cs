namespace SsoCibaMethod.Client.Tests;

/// <summary>Metadata is read once for all, again from time to time, and a bad reading never takes away a good one.</summary>
public sealed class MetadataSourceTests : IDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromHours(12);

    private readonly Stage _stage = new();

    private static long Later => TestToken.At(Refresh + TimeSpan.FromMinutes(1));

    private ProviderMetadataSource Source => _stage.Client.Provider;

    [Fact]
    public async Task Many_callers_share_one_fetch()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _stage.Op.Discovery = (_, _) => answer.Task;
        var callers = Enumerable.Range(0, 100).Select(_ => Source.GetAsync().AsTask()).ToList();
        await Stage.Until(() => _stage.Op.DiscoveryFetches == 1);

        answer.SetResult(FakeOp.Json(200, _stage.Op.Metadata.ToJsonString()));

        Assert.Single((await Task.WhenAll(callers)).Distinct());
        Assert.Equal((1, 1), (_stage.Op.DiscoveryFetches, _stage.Op.KeyFetches));
    }

    [Fact]
    public async Task A_caller_that_gives_up_stops_no_other()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _stage.Op.Discovery = (_, _) => answer.Task;
        using var patience = new CancellationTokenSource();
        var one = Source.GetAsync(patience.Token).AsTask();
        var other = Source.GetAsync().AsTask();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        answer.SetResult(FakeOp.Json(200, _stage.Op.Metadata.ToJsonString()));

        Assert.IsType<ProviderMetadataResult.Usable>(await other);
    }

    [Fact]
    public async Task It_is_read_again_after_12_hours_while_the_old_is_served()
    {
        var first = await Source.GetAsync();
        _stage.Time.Advance(Refresh - TimeSpan.FromTicks(1));
        Assert.Same(first, await Source.GetAsync());
        Assert.Equal(1, _stage.Op.DiscoveryFetches);

        _stage.Time.Advance(TimeSpan.FromTicks(1));
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _stage.Op.Discovery = (_, _) => answer.Task;
        Assert.Same(first, await Source.GetAsync());
        await Stage.Until(() => _stage.Op.DiscoveryFetches == 2);
        Assert.Same(first, await Source.GetAsync());

        answer.SetResult(FakeOp.Json(200, _stage.Op.Metadata.ToJsonString()));
        await UntilServedAsync(result => !ReferenceEquals(result, first));
        Assert.Equal(2, _stage.Op.DiscoveryFetches);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "<html></html>")]
    [InlineData(302, "")]
    public async Task A_failed_refresh_keeps_the_good_one_and_is_tried_again_a_minute_later(int status, string body)
    {
        var good = await Source.GetAsync();
        _stage.Op.Discovery = (_, _) => Task.FromResult(FakeOp.Json(status, body));
        _stage.Time.Advance(Refresh);

        Assert.Same(good, await Source.GetAsync());
        await Stage.Until(() => _stage.Op.DiscoveryFetches == 2);
        await Stage.Until(async () =>
        {
            _stage.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Same(good, await Source.GetAsync());
            return _stage.Op.DiscoveryFetches >= 3;
        });
    }

    [Fact]
    public async Task A_refresh_that_finds_a_mismatch_is_believed()
    {
        await Source.GetAsync();
        _stage.Op.Metadata["issuer"] = "https://evil.example";
        _stage.Time.Advance(Refresh);

        await UntilServedAsync(result => result is ProviderMetadataResult.Mismatch);
    }

    [Fact]
    public async Task A_login_under_way_goes_on_where_a_refresh_finds_a_mismatch_and_no_new_one_begins()
    {
        Assert.Null(Source.LastUsable);
        var good = Assert.IsType<ProviderMetadataResult.Usable>(await Source.GetAsync()).Metadata;
        _stage.Op.Metadata["issuer"] = "https://evil.example";
        _stage.Time.Advance(Refresh);
        await UntilServedAsync(result => result is ProviderMetadataResult.Mismatch);

        Assert.Same(good, Source.LastUsable);
        Assert.IsType<TokenResponse.Pending>(await _stage.Client.PollAsync("a"));
        Assert.IsType<IdTokenResult.Valid>(await _stage.Client.ValidateAsync(Stage.Tokens(new TestToken().With("exp", Later).With("iat", Later - 60).Sign()), Stage.Expectation));
        Assert.IsType<BackchannelAuthenticationResponse.ProtocolFault>(await _stage.Client.StartAsync(Stage.Johndoe));
    }

    [Fact]
    public async Task A_mismatch_is_looked_at_again_a_minute_later_and_a_login_under_way_does_not_wait_for_that()
    {
        var issuer = _stage.Op.Metadata["issuer"]!.DeepClone();
        await Source.GetAsync();
        _stage.Op.Metadata["issuer"] = "https://evil.example";
        _stage.Time.Advance(Refresh);
        await UntilServedAsync(result => result is ProviderMetadataResult.Mismatch);
        var fetches = _stage.Op.DiscoveryFetches;
        _stage.Time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.IsType<ProviderMetadataResult.Mismatch>(await Source.GetAsync());
        Assert.Equal(fetches, _stage.Op.DiscoveryFetches);

        _stage.Op.Metadata["issuer"] = issuer;
        _stage.Time.Advance(TimeSpan.FromTicks(1));
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _stage.Op.Discovery = (_, _) => answer.Task;
        Assert.IsType<TokenResponse.Pending>(await _stage.Client.PollAsync("a"));

        answer.SetResult(FakeOp.Json(200, _stage.Op.Metadata.ToJsonString()));
        Assert.IsType<ProviderMetadataResult.Usable>(await Source.GetAsync());
    }

    [Fact]
    public async Task An_OP_that_is_down_is_asked_once_in_two_seconds_however_many_want_it_and_found_when_it_comes_back()
    {
        var calls = 0;
        var discovery = _stage.Op.Discovery;
        _stage.Op.Discovery = (_, _) =>
        {
            calls++;
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        };
        for (var i = 0; i < 100; i++)
        {
            Assert.IsType<ProviderMetadataResult.Unavailable>(await Source.GetAsync());
        }

        Assert.Equal(1, calls);
        _stage.Op.Discovery = discovery;
        _stage.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<ProviderMetadataResult.Usable>(await Source.GetAsync());
    }

    [Fact]
    public async Task A_surprise_does_not_stay_for_ever()
    {
        var discovery = _stage.Op.Discovery;
        _stage.Op.Discovery = (_, _) => throw new InvalidOperationException("surprise");
        Assert.IsType<ProviderMetadataResult.Unavailable>(await Source.GetAsync());

        _stage.Op.Discovery = discovery;
        _stage.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<ProviderMetadataResult.Usable>(await Source.GetAsync());
    }

    [Theory]
    [InlineData("\"http://op.example/jwks\"")]
    [InlineData("\"/jwks\"")]
    [InlineData("\"file:///etc/passwd\"")]
    [InlineData("null")]
    [Trait("Spec", "S-50")]
    public async Task Keys_are_fetched_over_https_alone(string jwksUri)
    {
        _stage.Op.Metadata["jwks_uri"] = System.Text.Json.Nodes.JsonNode.Parse(jwksUri);

        Assert.Contains("jwks_uri", Assert.IsType<ProviderMetadataResult.Unavailable>(await Source.GetAsync()).Cause, StringComparison.Ordinal);
        Assert.Single(_stage.Op.Seen);
    }

    [Fact]
    public async Task A_redirect_of_the_metadata_is_not_believed()
    {
        _stage.Op.Discovery = (_, _) =>
        {
            var answer = FakeOp.Json(200, _stage.Op.Metadata.ToJsonString());
            answer.RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://evil.example/");
            return Task.FromResult(answer);
        };

        Assert.IsType<ProviderMetadataResult.Unavailable>(await Source.GetAsync());
    }

    public void Dispose() => _stage.Dispose();

    private Task UntilServedAsync(Func<ProviderMetadataResult, bool> condition) => Stage.Until(async () => condition(await Source.GetAsync()));
}
