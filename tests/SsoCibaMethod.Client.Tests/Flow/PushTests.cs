namespace SsoCibaMethod.Client.Tests;

/// <summary>In push mode the OP's call brings the outcome, and nobody is asked for it (CIBA Core §10.3).</summary>
public sealed class PushTests : IDisposable
{
    private readonly Waiting _waiting = new(TokenDeliveryMode.Push);

    [Fact]
    [Trait("Spec", "C-90")]
    [Trait("Spec", "C-91")]
    [Trait("Spec", "K-54")]
    public async Task Pushed_tokens_end_the_wait_and_the_token_endpoint_is_never_called()
    {
        await _waiting.BeginAsync();

        Assert.True(_waiting.Notify(Tokens(TestToken.Pushed("rt"), "rt")));

        var approved = Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAsync());
        Assert.Equal((TestToken.Subject, "rt", 0), (approved.Subject, approved.Tokens.RefreshToken, _waiting.Polls));
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task Tokens_pushed_before_the_acknowledgement_are_not_lost()
    {
        var backchannel = _waiting.Op.Backchannel;
        _waiting.Op.Backchannel = (exchange, cancellationToken) =>
        {
            var pushed = CibaNotification.Read(System.Text.Encoding.UTF8.GetBytes(Tokens(TestToken.Pushed())), TokenDeliveryMode.Push);
            Assert.True(_waiting.Request.Notify(Waiting.NotificationToken, pushed));
            return backchannel(exchange, cancellationToken);
        };

        await _waiting.BeginAsync();

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAsync());
    }

    [Fact]
    [Trait("Spec", "C-92")]
    public async Task Pushed_tokens_without_the_claims_that_tie_them_together_are_refused()
    {
        await _waiting.BeginAsync();

        _waiting.Notify(Tokens(new TestToken()));

        Assert.Contains(nameof(IdTokenFault.AccessTokenHashMissing), Assert.IsType<CibaAuthenticationResult.Failed>(await _waiting.EndAsync()).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access_denied", typeof(CibaAuthenticationResult.Declined))]
    [InlineData("expired_token", typeof(CibaAuthenticationResult.Expired))]
    [InlineData("transaction_failed", typeof(CibaAuthenticationResult.Refused))]
    [InlineData("something_new", typeof(CibaAuthenticationResult.Refused))]
    [Trait("Spec", "C-97")]
    public async Task A_pushed_error_ends_the_wait(string code, Type expected)
    {
        await _waiting.BeginAsync();

        _waiting.Notify($$"""{"auth_req_id":"{{TestToken.AuthReqId}}","error":"{{code}}"}""");

        Assert.IsType(expected, await _waiting.EndAsync());
    }

    [Fact]
    [Trait("Spec", "K-54")]
    public async Task Of_two_pushes_the_first_counts()
    {
        await _waiting.BeginAsync();

        Assert.True(_waiting.Notify(Tokens(TestToken.Pushed())));
        Assert.True(_waiting.Notify($$"""{"auth_req_id":"{{TestToken.AuthReqId}}","error":"access_denied"}"""));

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.EndAsync());
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_push_that_comes_before_anybody_waits_is_kept()
    {
        var pending = PendingAuthentication.Begin(
            _waiting.Request, (BackchannelAuthenticationResponse.Acknowledged)await _waiting.Client.StartAsync(_waiting.Request));
        var pushed = CibaNotification.Read(System.Text.Encoding.UTF8.GetBytes(Tokens(TestToken.Pushed())), TokenDeliveryMode.Push);

        Assert.True(pending.Notify(Waiting.NotificationToken, pushed));

        Assert.IsType<CibaAuthenticationResult.Approved>(await _waiting.Client.WaitAsync(pending));
    }

    [Fact]
    [Trait("Spec", "C-70")]
    public async Task Where_no_call_comes_it_expires()
    {
        await _waiting.BeginAsync();

        Assert.IsType<CibaAuthenticationResult.Expired>(await _waiting.EndAfterAsync(TimeSpan.FromSeconds(600)));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        await _waiting.BeginAsync();
        _waiting.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(_waiting.EndAsync);
    }

    [Fact]
    public async Task Without_progress_nobody_could_hand_over_the_call_so_nothing_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _waiting.Client.AuthenticateAsync(_waiting.Request));

        Assert.Empty(_waiting.Op.Seen);
    }

    public void Dispose() => _waiting.Dispose();

    private static string Tokens(TestToken token, string? refreshToken = null) =>
        $$"""{"auth_req_id":"{{TestToken.AuthReqId}}","access_token":"{{TestToken.AccessToken}}","token_type":"Bearer","refresh_token":"{{refreshToken}}","id_token":"{{token}}"}""";
}
