using System.Net;
using System.Text;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What a network and a hostile OP can do to one exchange.</summary>
[Trait("Spec", "K-51")]
[Trait("Spec", "S-51")]
public sealed class TransportTests : IDisposable
{
    private readonly Stage _stage = new();

    public static TheoryData<string, bool> Failures => new()
    {
        { nameof(HttpRequestError.ConnectionError), false },
        { nameof(HttpRequestError.NameResolutionError), false },
        { nameof(HttpRequestError.SecureConnectionError), false },
        { nameof(HttpRequestError.ProxyTunnelError), false },
        { nameof(HttpRequestError.ResponseEnded), true },
        { nameof(HttpRequestError.HttpProtocolError), true },
        { nameof(HttpRequestError.Unknown), true },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failed_connection_says_whether_the_OP_may_have_heard_us(string error, bool mayHaveBeenReceived)
    {
        _stage.Op.Token = (_, _) => throw new HttpRequestException(Enum.Parse<HttpRequestError>(error));
        _stage.Op.Backchannel = _stage.Op.Token;

        Assert.Equal(mayHaveBeenReceived, Assert.IsType<TokenResponse.Unavailable>(await _stage.Client.PollAsync("a")).MayHaveBeenReceived);
        Assert.IsType<BackchannelAuthenticationResponse.Unavailable>(await _stage.Client.StartAsync(Stage.Johndoe));
    }

    [Fact]
    [Trait("Spec", "C-64")]
    public async Task An_answer_is_waited_for_39_seconds_and_given_up_after_40()
    {
        _stage.Op.Token = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _stage.Time, cancellationToken);
            throw new InvalidOperationException();
        };
        var poll = _stage.Client.PollAsync("a");
        await Stage.Until(() => _stage.Op.Count("/oidc/token") == 1);

        _stage.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.False(poll.IsCompleted);
        _stage.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(Assert.IsType<TokenResponse.Unavailable>(await poll).MayHaveBeenReceived);
    }

    [Fact]
    public async Task A_body_that_never_ends_falls_under_the_time_limit()
    {
        var body = new Slow();
        _stage.Op.Token = (_, _) => Task.FromResult(Streamed(body));
        var poll = _stage.Client.PollAsync("a");
        await Stage.Until(() => body.Reads > 0);

        _stage.Time.Advance(TimeSpan.FromSeconds(40));

        Assert.IsType<TokenResponse.Unavailable>(await poll);
    }

    [Fact]
    public async Task The_caller_can_give_up()
    {
        using var patience = new CancellationTokenSource();
        _stage.Op.Token = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _stage.Time, cancellationToken);
            throw new InvalidOperationException();
        };
        var poll = _stage.Client.PollAsync("a", patience.Token);
        await Stage.Until(() => _stage.Op.Count("/oidc/token") == 1);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    [Fact]
    public async Task A_time_limit_of_the_host_s_own_handler_is_an_answer_that_did_not_come()
    {
        _stage.Op.Token = (_, _) => throw new TaskCanceledException("HttpClient.Timeout", new TimeoutException());

        Assert.True(Assert.IsType<TokenResponse.Unavailable>(await _stage.Client.PollAsync("a")).MayHaveBeenReceived);
    }

    [Fact]
    public async Task A_connection_reset_within_the_body_is_an_answer_that_did_not_come()
    {
        _stage.Op.Token = (_, _) => Task.FromResult(Streamed(new Broken(new HttpIOException(HttpRequestError.ResponseEnded))));

        Assert.True(Assert.IsType<TokenResponse.Unavailable>(await _stage.Client.PollAsync("a")).MayHaveBeenReceived);
    }

    [Fact]
    public async Task A_corrupt_compression_is_an_answer_that_did_not_come()
    {
        _stage.Op.Token = (_, _) => Task.FromResult(Streamed(new Broken(new InvalidDataException())));

        Assert.True(Assert.IsType<TokenResponse.Unavailable>(await _stage.Client.PollAsync("a")).MayHaveBeenReceived);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_a_megabyte_is_not_read(bool lengthIsKnown)
    {
        var large = $$"""{"error":"authorization_pending","x":"{{new string('x', BackchannelHttp.MaximumAnswer)}}"}""";
        var answer = FakeOp.Json(400, large);
        if (!lengthIsKnown)
        {
            answer = Streamed(new MemoryStream(Encoding.UTF8.GetBytes(large)));
        }

        Assert.Contains("larger", Assert.IsType<TokenResponse.ProtocolFault>(await _stage.PollAsync(answer)).Fault, StringComparison.Ordinal);
        Assert.IsType<BackchannelAuthenticationResponse.ProtocolFault>(await _stage.StartAsync(FakeOp.Json(200, large)));
    }

    [Fact]
    public async Task An_endless_body_is_left_at_the_size_limit()
    {
        var endless = new Endless();

        Assert.IsType<TokenResponse.ProtocolFault>(await _stage.PollAsync(Streamed(endless)));
        Assert.InRange(endless.Given, BackchannelHttp.MaximumAnswer, 4 * BackchannelHttp.MaximumAnswer);
    }

    [Fact]
    public async Task What_never_comes_takes_no_memory_whatever_length_was_announced()
    {
        var body = new Slow();
        var answer = Streamed(body);
        answer.Content.Headers.ContentLength = BackchannelHttp.MaximumAnswer;
        var poll = _stage.PollAsync(answer);
        await Stage.Until(() => body.Reads > 0);

        _stage.Time.Advance(TimeSpan.FromSeconds(40));

        Assert.IsType<TokenResponse.Unavailable>(await poll);
        Assert.InRange(body.Asked, 1, 64 * 1024);
    }

    [Fact]
    public async Task An_HttpClient_of_the_host_s_does_not_lift_the_size_limit()
    {
        var endless = new Endless();
        using var handler = new Fixed(() => Streamed(endless));
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, FakeOp.Issuer);

        var answer = await new BackchannelHttp(client, _stage.Time, TimeSpan.FromSeconds(40)).SendAsync(request, CancellationToken.None);

        Assert.True(Assert.IsType<BackchannelAnswer.Received>(answer).TooLarge);
        Assert.InRange(endless.Given, BackchannelHttp.MaximumAnswer, 4 * BackchannelHttp.MaximumAnswer);
    }

    [Fact]
    public async Task A_handler_that_followed_a_redirect_brings_no_tokens()
    {
        _stage.Op.Token = (_, _) =>
        {
            var answer = FakeOp.Json(200, """{"access_token":"at","token_type":"Bearer","id_token":"it"}""");
            answer.RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://evil.example/token");
            return Task.FromResult(answer);
        };

        Assert.Contains("redirect", Assert.IsType<TokenResponse.ProtocolFault>(await _stage.Client.PollAsync("a")).Fault, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "S-25")]
    public async Task Nothing_is_ever_sent_twice_by_itself()
    {
        await _stage.PollAsync(FakeOp.Answer(503, "", "text/html"));
        await _stage.StartAsync(FakeOp.Answer(503, "", "text/html"));

        Assert.Equal((1, 1), (_stage.Op.Count("/oidc/token"), _stage.Op.Count("/oidc/bc-authorize")));
    }

    public void Dispose() => _stage.Dispose();

    private static HttpResponseMessage Streamed(Stream body) => new(HttpStatusCode.OK)
    {
        Content = new StreamContent(body) { Headers = { ContentType = new("application/json") } },
    };
}
