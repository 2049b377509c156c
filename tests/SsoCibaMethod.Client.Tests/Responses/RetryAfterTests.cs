using System.Globalization;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Trouble and <c>Retry-After</c>: the next poll is the retry, no sooner than the OP asks (CIBA Core §10.1).</summary>
[Trait("Spec", "C-66")]
[Trait("Spec", "K-51")]
public sealed class RetryAfterTests : IDisposable
{
    private readonly Stage _stage = new();

    public static TheoryData<string, int?> Waits => new()
    {
        { "30", 30 },
        { "0", null },
        { "2147483647", int.MaxValue },
        { "-5", null },
        { "soon", null },
        { "1.5", null },
        { "99999999999999999999", null },
        { TestToken.Now.AddSeconds(90).ToString("R", CultureInfo.InvariantCulture), 90 },
        { TestToken.Now.AddSeconds(-90).ToString("R", CultureInfo.InvariantCulture), null },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task It_is_read_as_seconds_or_as_a_date_and_a_past_one_is_none(string header, int? seconds)
    {
        var expected = seconds is { } value ? TimeSpan.FromSeconds(value) : (TimeSpan?)null;

        Assert.Equal(expected, Assert.IsType<TokenResponse.Unavailable>(await _stage.PollAsync(Answer(503, "", header))).RetryAfter);
        Assert.Equal(expected, Assert.IsType<TokenResponse.Unavailable>(await _stage.PollAsync(Answer(429, "", header))).RetryAfter);
        Assert.Equal(expected, Assert.IsType<TokenResponse.Pending>(await _stage.PollAsync(Answer(400, """{"error":"authorization_pending"}""", header))).RetryAfter);
        Assert.Equal(expected, Assert.IsType<TokenResponse.SlowDown>(await _stage.PollAsync(Answer(400, """{"error":"slow_down"}""", header))).RetryAfter);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task Trouble_is_unavailable_and_may_have_spent_the_ticket(int status)
    {
        var answer = Assert.IsType<TokenResponse.Unavailable>(await _stage.PollAsync(FakeOp.Answer(status, "<html></html>", "text/html")));

        Assert.True(answer.MayHaveBeenReceived);
        Assert.Null(answer.RetryAfter);
    }

    [Fact]
    public async Task Two_of_them_harm_nobody()
    {
        using var answer = Answer(503, "", "30");
        answer.Headers.TryAddWithoutValidation("Retry-After", "60");

        Assert.IsType<TokenResponse.Unavailable>(await _stage.PollAsync(answer));
    }

    public void Dispose() => _stage.Dispose();

    private static HttpResponseMessage Answer(int status, string body, string retryAfter)
    {
        var answer = FakeOp.Json(status, body);
        answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return answer;
    }
}
