using System.Net;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-54 for the whole handler: tokens the OP pushes (CIBA Core §10.3, §12). The token endpoint is never called.</summary>
[Trait("Spec", "K-54")]
public class PushTests
{
    private const string RefreshHash = "urn:openid:params:jwt:claim:rt_hash";
    private const string AuthReqIdClaim = "urn:openid:params:jwt:claim:auth_req_id";

    private static readonly Dictionary<string, Func<CaseOp, Notification>> Bad = new(StringComparer.Ordinal)
    {
        ["at_hash missing"] = op => Notification.Push(op, token => token.Claims.Remove("at_hash")),
        ["at_hash wrong"] = op => Notification.Push(op, token => token.Claims["at_hash"] = IdToken.Hash("another")),
        ["rt_hash missing beside a refresh token"] = op => Notification.Push(op, token => token.Claims.Remove(RefreshHash)),
        ["rt_hash wrong"] = op => Notification.Push(op, token => token.Claims[RefreshHash] = IdToken.Hash("another")),
        ["rt_hash without a refresh token"] = op => Notification.Push(op, spoil: body => body.Remove("refresh_token")),
        ["auth_req_id claim missing"] = op => Notification.Push(op, token => token.Claims.Remove(AuthReqIdClaim)),
        ["auth_req_id claim wrong"] = op => Notification.Push(op, token => token.Claims[AuthReqIdClaim] = "another"),
        ["signature wrong"] = op => Notification.Push(op, token => token.Signer = _ => new byte[256]),
        ["alg none"] = op => Notification.Push(op, token => (token.Header["alg"], token.Signer) = ("none", _ => [])),
        ["iss wrong"] = op => Notification.Push(op, token => token.Claims["iss"] = "https://other.example"),
        ["aud wrong"] = op => Notification.Push(op, token => token.Claims["aud"] = "other"),
        ["another access token"] = op => Notification.Push(op, spoil: body => body["access_token"] = "another"),
        ["another refresh token"] = op => Notification.Push(op, spoil: body => body["refresh_token"] = "another"),
    };

    public static TheoryData<string> BadOnes => [.. Bad.Keys];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "C-91")]
    [Trait("Spec", "C-94")]
    public async Task A_right_push_is_answered_with_204_and_signs_the_user_in(bool hasRefreshToken)
    {
        await using var run = await CaseHost.StartAsync("push");
        _ = await run.BeginAsync();
        var push = hasRefreshToken
            ? Notification.Push(run.Op)
            : Notification.Push(run.Op, token => token.Claims.Remove(RefreshHash), body => body.Remove("refresh_token"));

        Assert.Equal(HttpStatusCode.NoContent, (await push.SendAsync(run.Host)).Status);

        Assert.Equal("approved", await run.EndAsync());
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
        Assert.Empty(await run.CallsFromNowOnAsync());
        Assert.Empty(run.Op.PollTimes);
    }

    [Theory]
    [MemberData(nameof(BadOnes))]
    [Trait("Spec", "C-91")]
    [Trait("Spec", "C-92")]
    public async Task A_push_that_does_not_hold_together_signs_nobody_in(string what)
    {
        await using var run = await CaseHost.StartAsync("push");
        _ = await run.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await Bad[what](run.Op).SendAsync(run.Host)).Status);

        Assert.Equal("failed", await run.EndAsync());
        Assert.Null(await run.SubjectAsync());
        Assert.Empty(run.Op.PollTimes);
    }

    [Theory]
    [InlineData("access_denied", "declined")]
    [InlineData("expired_token", "expired")]
    [InlineData("transaction_failed", "failed")]
    [InlineData("a_code_of_tomorrow", "failed")]
    [InlineData("authorization_pending", "failed")]
    [Trait("Spec", "C-97")]
    public async Task An_error_that_is_pushed_ends_the_login(string error, string state)
    {
        await using var run = await CaseHost.StartAsync("push");
        _ = await run.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await Notification.Error(run.Op, error).SendAsync(run.Host)).Status);

        Assert.Equal(state, await run.EndAsync());
        Assert.Null(await run.SubjectAsync());
        Assert.Empty(run.Op.PollTimes);
    }

    [Theory]
    [InlineData("approved first", "error")]
    [InlineData("approved first", "tokens")]
    [InlineData("declined first", "tokens")]
    public async Task The_first_push_counts_and_what_comes_again_is_answered_and_does_nothing(string first, string then)
    {
        await using var run = await CaseHost.StartAsync("push");
        _ = await run.BeginAsync();
        var approved = first == "approved first";
        _ = await (approved ? Notification.Push(run.Op) : Notification.Error(run.Op, "access_denied")).SendAsync(run.Host);
        var state = await run.EndAsync();

        var again = then == "tokens" ? Notification.Push(run.Op) : Notification.Error(run.Op, "access_denied");
        Assert.Equal(HttpStatusCode.NoContent, (await again.SendAsync(run.Host)).Status);

        await run.Host.SettleAsync();
        Assert.Equal(state, await run.StateAsync());
        Assert.Equal(approved ? IdToken.Subject : null, await run.SubjectAsync());
    }

    [Fact]
    [Trait("Spec", "S-24")]
    public async Task A_push_after_a_cancel_signs_nobody_in()
    {
        await using var run = await CaseHost.StartAsync("push");
        _ = await run.Host.Browser.SubmitAsync(await run.BeginAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await Notification.Push(run.Op).SendAsync(run.Host)).Status);

        Assert.Equal("cancelled", await run.EndAsync());
        Assert.Null(await run.SubjectAsync());
    }

    [Fact]
    public async Task A_push_before_the_acknowledgement_is_stored_is_not_lost()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var run = await CaseHost.StartAsync("push", op => op.BeforeAcknowledgement = () => go.Task);
        var begun = run.BeginAsync();
        await run.Host.UntilAsync(() => run.Op.Count("/backchannel") == 1);

        var push = Notification.Push(run.Op).SendAsync(run.Host);
        go.SetResult();
        _ = await begun;

        Assert.Equal(HttpStatusCode.NoContent, (await push).Status);
        await run.Host.SettleAsync();
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_push_long_before_the_acknowledgement_is_answered_after_5_seconds_and_kept()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = new HostClock();
        await using var run = await CaseHost.StartAsync("push", op => op.BeforeAcknowledgement = () => go.Task, clock.Watch);
        var begun = run.BeginAsync();
        await run.Host.UntilAsync(() => run.Op.Count("/backchannel") == 1);

        // The page of the browser waits 5 seconds, too.
        var call = Notification.Push(run.Op).SendAsync(run.Host);
        await run.Host.UntilAsync(() => clock.TimersOf(TimeSpan.FromSeconds(5)) >= 2);
        run.Host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.NoContent, (await call).Status);
        _ = await begun;
        go.SetResult();

        await run.Host.UntilAsync(() => run.Host.Log.Lines.Any(line => line.Id.Name == "LoginApproved"));
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    [Fact]
    [Trait("Spec", "C-72")]
    public async Task Where_no_push_comes_the_login_expires_and_the_token_endpoint_is_not_called()
    {
        await using var run = await CaseHost.StartAsync("push");
        _ = await run.BeginAsync();

        Assert.Equal("expired", await run.EndAsync());
        Assert.Empty(run.Op.PollTimes);
    }

    [Theory]
    [InlineData("x", null)]
    [InlineData(null, "another")]
    [Trait("Spec", "C-91")]
    public async Task A_push_with_another_token_or_for_another_request_is_refused(string? token, string? authReqId)
    {
        await using var run = await CaseHost.StartAsync("push");
        _ = await run.BeginAsync();
        var push = Notification.Push(run.Op, spoil: body => body["auth_req_id"] = authReqId ?? CaseOp.AuthReqId);
        push.Token = token ?? push.Token;

        Assert.Equal(HttpStatusCode.Unauthorized, (await push.SendAsync(run.Host)).Status);

        await run.Host.SettleAsync();
        Assert.Equal("waiting", await run.StateAsync());
    }
}
