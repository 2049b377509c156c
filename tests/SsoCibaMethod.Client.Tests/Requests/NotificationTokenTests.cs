namespace SsoCibaMethod.Client.Tests;

/// <summary>What the OP's notification is recognised by (CIBA Core §7.1).</summary>
[Trait("Spec", "C-13")]
public sealed class NotificationTokenTests : IDisposable
{
    private const string Fit = "0123456789-._~+/abcdef==";

    private readonly Stage _stage = new();

    [Theory]
    [InlineData(TokenDeliveryMode.Ping, "ping")]
    [InlineData(TokenDeliveryMode.Push, "push")]
    public async Task It_is_sent_for_ping_and_push(TokenDeliveryMode mode, string name)
    {
        Use(mode, name);

        await _stage.Client.StartAsync(Request(Fit));

        Assert.Equal(Fit, _stage.Op.Last.Form["client_notification_token"]);
    }

    [Theory]
    [InlineData(TokenDeliveryMode.Poll, Fit, "TokenDeliveryMode is Poll")]
    [InlineData(TokenDeliveryMode.Ping, null, "Ping needs it")]
    [InlineData(TokenDeliveryMode.Push, null, "Push needs it")]
    [InlineData(TokenDeliveryMode.Ping, "", "22 to 1024")]
    [InlineData(TokenDeliveryMode.Ping, "012345678901234567890", "22 to 1024")]
    [InlineData(TokenDeliveryMode.Ping, "0123456789012345678901 a", "letters, digits")]
    [InlineData(TokenDeliveryMode.Ping, "0123456789=012345678901", "letters, digits")]
    [InlineData(TokenDeliveryMode.Ping, "======================", "letters, digits")]
    [InlineData(TokenDeliveryMode.Ping, "0123456789012345678901\n", "letters, digits")]
    [InlineData(TokenDeliveryMode.Ping, "0123456789012345678901é", "letters, digits")]
    public async Task A_missing_needless_or_unfit_one_is_refused_and_nothing_is_sent(TokenDeliveryMode mode, string? token, string named)
    {
        Use(mode, mode.ToString());

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _stage.Client.StartAsync(Request(token)));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token is { Length: > 0 } ? token : "@", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_stage.Op.Seen);
    }

    [Theory]
    [InlineData(22, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public async Task Its_length_is_bounded(int length, bool isFit)
    {
        Use(TokenDeliveryMode.Ping, "ping");

        var sent = await Record.ExceptionAsync(() => _stage.Client.StartAsync(Request(new string('a', length))));

        Assert.Equal(isFit, sent is null);
    }

    [Fact]
    public void A_made_one_has_256_bits_is_fit_and_never_the_same()
    {
        var made = Enumerable.Range(0, 1000).Select(_ => BackchannelAuthenticationRequest.CreateNotificationToken()).ToList();

        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.All(made, token => Assert.Equal(43, token.Length));
        Assert.All(made, token => RequestCheck.ThrowIfUnfit(Request(token), TokenDeliveryMode.Push));
    }

    [Fact]
    [Trait("Spec", "S-52")]
    public async Task It_is_taken_out_of_an_error()
    {
        Use(TokenDeliveryMode.Ping, "ping");
        _stage.Op.Backchannel = (_, _) => Task.FromResult(FakeOp.Json(400, $$"""{"error":"invalid_request","error_description":"bad {{Fit}}"}"""));

        var answer = await _stage.Client.StartAsync(Request(Fit));

        Assert.Equal("invalid_request (bad ***)", Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error.ToString());
    }

    [Fact]
    [Trait("Spec", "C-72")]
    public async Task A_client_of_push_never_asks_the_token_endpoint()
    {
        Use(TokenDeliveryMode.Push, "push");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _stage.Client.PollAsync("a"));

        Assert.Empty(_stage.Op.Seen);
    }

    public void Dispose() => _stage.Dispose();

    private static BackchannelAuthenticationRequest Request(string? token) => new() { LoginHint = "johndoe", ClientNotificationToken = token };

    private void Use(TokenDeliveryMode mode, string name)
    {
        _stage.Op.Metadata["backchannel_token_delivery_modes_supported"] = new System.Text.Json.Nodes.JsonArray(name);
        _stage.Settings = new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = _stage.Authentication, TokenDeliveryMode = mode };
    }
}
