using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-51 for the whole handler: what an OP may answer a poll, and when the next one comes. Times are those the OP saw, to a fiftieth of a second.</summary>
[Trait("Spec", "K-51")]
public class PollTests
{
    private const double Tolerance = 0.021;

    [Theory]
    [InlineData(503, "20", 20)]
    [InlineData(429, "20", 20)]
    [InlineData(503, "date", 20)]
    [InlineData(503, "past date", 5)]
    [InlineData(503, "0", 5)]
    [InlineData(503, null, 5)]
    [InlineData(429, null, 5)]
    public async Task An_OP_under_load_is_left_alone_as_long_as_it_asks_and_never_less_than_the_interval(int status, string? retryAfter, int seconds)
    {
        await using var run = await CaseHost.StartAsync();
        run.Op.Poll = (number, _) => Task.FromResult(number switch
        {
            1 => Busy(status, retryAfter, run.Host.Clock.GetUtcNow()),
            _ => run.Op.Tokens(),
        });
        _ = await run.BeginAsync();

        Assert.Equal("approved", await run.EndAsync());
        AssertTimes([5, 5 + seconds], run);
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    [Fact]
    public async Task A_Retry_After_beyond_the_deadline_ends_as_expired_without_another_poll()
    {
        await using var run = await CaseHost.StartAsync();
        run.Op.Poll = (_, _) => Task.FromResult(Busy(503, "3600", run.Host.Clock.GetUtcNow()));
        _ = await run.BeginAsync();

        Assert.Equal("expired", await run.EndAsync());
        AssertTimes([5], run);
    }

    [Fact]
    public async Task Silence_is_borne_for_more_than_30_seconds_then_asked_again()
    {
        await using var run = await CaseHost.StartAsync();
        run.Op.Poll = async (number, cancellation) =>
        {
            if (number == 1)
            {
                await run.Op.HoldAsync(TimeSpan.FromHours(1), cancellation);
            }

            return run.Op.Tokens();
        };
        _ = await run.BeginAsync();

        await run.AdvanceHoldingAsync(TimeSpan.FromSeconds(44));
        Assert.Single(run.Op.PollTimes);
        await run.AdvanceHoldingAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("approved", await run.EndAsync());

        Assert.False(run.Op.PollsOverlapped);
        Assert.InRange(run.Op.PollTimes.Last(), 45 + 1, 45 + 10);
    }

    [Fact]
    public async Task A_connection_that_breaks_costs_no_login()
    {
        await using var run = await CaseHost.StartAsync();
        run.Op.Poll = (number, _) => number == 1 ? throw new HttpIOException(HttpRequestError.ResponseEnded) : Task.FromResult(run.Op.Tokens());
        _ = await run.BeginAsync();

        Assert.Equal("approved", await run.EndAsync());
        AssertTimes([5, 10], run);
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    [Fact]
    public async Task An_answer_after_25_seconds_of_long_polling_is_followed_by_the_next_poll_at_once()
    {
        await using var run = await CaseHost.StartAsync();
        run.Op.Poll = async (number, cancellation) =>
        {
            await run.Op.HoldAsync(TimeSpan.FromSeconds(25), cancellation);
            return number < 3 ? CaseOp.Error("authorization_pending") : run.Op.Tokens();
        };
        _ = await run.BeginAsync();

        await run.AdvanceHoldingAsync(TimeSpan.FromSeconds(82));

        Assert.Equal("approved", await run.StateAsync());
        AssertTimes([5, 30, 55], run);
        Assert.False(run.Op.PollsOverlapped);
    }

    [Fact]
    public async Task Each_slow_down_adds_5_seconds_for_good()
    {
        await using var run = await CaseHost.StartAsync();
        run.Op.Poll = (number, _) => Task.FromResult(number switch
        {
            1 or 2 => CaseOp.Error("slow_down"),
            5 => run.Op.Tokens(),
            _ => CaseOp.Error("authorization_pending"),
        });
        _ = await run.BeginAsync();

        Assert.Equal("approved", await run.EndAsync());
        AssertTimes([5, 15, 30, 45, 60], run);
    }

    [Fact]
    public async Task A_slow_down_near_the_deadline_brings_no_poll_after_it()
    {
        await using var run = await CaseHost.StartAsync(op => op.Acknowledge = () => CaseOp.Raw("""{"auth_req_id":"a","expires_in":12,"interval":5}"""));
        run.Op.Poll = (_, _) => Task.FromResult(CaseOp.Error("slow_down"));
        _ = await run.BeginAsync();

        Assert.Equal("expired", await run.EndAsync());
        AssertTimes([5], run);
        Assert.Empty(await run.CallsFromNowOnAsync());
    }

    [Theory]
    [InlineData("invalid_grant", 400, "declined")]
    [InlineData("unauthorized_client", 400, "failed")]
    [InlineData("invalid_client", 401, "failed")]
    [InlineData("invalid_request", 400, "failed")]
    [InlineData("a_code_of_tomorrow", 400, "failed")]
    [InlineData("access_denied", 403, "declined")]
    [InlineData("expired_token", 400, "expired")]
    public async Task Any_other_error_is_the_end(string error, int status, string state)
    {
        await using var run = await CaseHost.StartAsync(op => op.Poll = (_, _) => Task.FromResult(CaseOp.Error(error, status)));
        _ = await run.BeginAsync();

        Assert.Equal(state, await run.EndAsync());
        Assert.Empty(await run.CallsFromNowOnAsync());
        Assert.Null(await run.SubjectAsync());
        AssertTimes([5], run);
    }

    [Fact]
    public async Task Our_own_cap_on_a_login_ends_it_before_the_OP_would()
    {
        await using var run = await CaseHost.StartAsync(settings: new Dictionary<string, string?> { ["MaximumLifetime"] = "00:01:00" });
        _ = await run.BeginAsync();

        Assert.Equal("expired", await run.EndAsync());
        AssertTimes([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55], run);
        Assert.Empty(await run.CallsFromNowOnAsync());
    }

    private static void AssertTimes(IReadOnlyList<double> expected, CaseHost run)
    {
        Assert.Equal(expected.Count, run.Op.PollTimes.Count());
        Assert.All(run.Op.PollTimes.Zip(expected), pair => Assert.InRange(pair.First, pair.Second, pair.Second + Tolerance));
    }

    private static HttpResponseMessage Busy(int status, string? retryAfter, DateTimeOffset now)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.RetryAfter = retryAfter switch
        {
            null => null,
            "date" => new RetryConditionHeaderValue(now.AddSeconds(20)),
            "past date" => new RetryConditionHeaderValue(now.AddSeconds(-20)),
            _ => new RetryConditionHeaderValue(TimeSpan.FromSeconds(int.Parse(retryAfter, CultureInfo.InvariantCulture))),
        };
        return response;
    }
}
