namespace SsoCibaMethod.Conformance.Tests;

/// <summary>
/// K-50 for the whole handler: an acknowledgement that is unfit ends in a clear text, and no poll follows. HTML, redirects, oversized and slow answers
/// are in <c>OpTroubleTests</c> of the handler's own tests.
/// </summary>
[Trait("Spec", "K-50")]
public class AcknowledgementTests
{
    private const string Failed = "Signing in does not work at the moment.";

    [Theory]
    [InlineData("an empty id", """{"auth_req_id":"","expires_in":120}""")]
    [InlineData("an id that is a number", """{"auth_req_id":7,"expires_in":120}""")]
    [InlineData("an id that is null", """{"auth_req_id":null,"expires_in":120}""")]
    [InlineData("an id that is a list", """{"auth_req_id":["a"],"expires_in":120}""")]
    [InlineData("a lifetime of zero", """{"auth_req_id":"a","expires_in":0}""")]
    [InlineData("a negative lifetime", """{"auth_req_id":"a","expires_in":-120}""")]
    [InlineData("a lifetime that is a text", """{"auth_req_id":"a","expires_in":"120"}""")]
    [InlineData("a lifetime with a fraction", """{"auth_req_id":"a","expires_in":119.5}""")]
    [InlineData("a lifetime beyond any number", """{"auth_req_id":"a","expires_in":99999999999999999999}""")]
    [InlineData("a negative interval", """{"auth_req_id":"a","expires_in":120,"interval":-5}""")]
    [InlineData("an interval that is a text", """{"auth_req_id":"a","expires_in":120,"interval":"5"}""")]
    [InlineData("an interval with a fraction", """{"auth_req_id":"a","expires_in":120,"interval":2.5}""")]
    [InlineData("two ids", """{"auth_req_id":"a","expires_in":120,"auth_req_id":"b"}""")]
    [InlineData("two lifetimes", """{"auth_req_id":"a","expires_in":120,"expires_in":121}""")]
    public async Task An_unfit_acknowledgement_ends_in_a_clear_text_and_no_poll_follows(string what, string body)
    {
        await using var run = await CaseHost.StartAsync(op => op.Acknowledge = () => CaseOp.Raw(body));

        var page = await run.BeginAsync();

        Assert.True(page.Notice?.StartsWith(Failed, StringComparison.Ordinal), what);
        Assert.Empty(await run.CallsFromNowOnAsync());
    }

    [Theory]
    [InlineData("unknown_user_id", "We could not find this user.")]
    [InlineData("invalid_request", Failed)]
    [InlineData("access_denied", "The request was declined")]
    public async Task An_error_is_an_error_though_its_status_is_200(string error, string text)
    {
        await using var run = await CaseHost.StartAsync(op => op.Acknowledge = () => CaseOp.Raw($$"""{"error":"{{error}}","auth_req_id":"a","expires_in":120}"""));

        var page = await run.BeginAsync();

        Assert.StartsWith(text, page.Notice, StringComparison.Ordinal);
        Assert.Empty(await run.CallsFromNowOnAsync());
    }

    [Fact]
    public async Task A_huge_lifetime_and_interval_are_capped_by_our_own_and_overflow_no_timer()
    {
        await using var run = await CaseHost.StartAsync(
            op => op.Acknowledge = () => CaseOp.Raw("""{"auth_req_id":"a","expires_in":9223372036854775807,"interval":9223372036854775807}"""));
        _ = await run.BeginAsync();

        Assert.Equal("expired", await run.EndAsync(seconds: 901));
        Assert.Equal(15 * 60, (run.Host.Clock.GetUtcNow() - run.Op.AcknowledgedAt).TotalSeconds, tolerance: 1);
        Assert.Empty(run.Op.PollTimes);
    }
}
