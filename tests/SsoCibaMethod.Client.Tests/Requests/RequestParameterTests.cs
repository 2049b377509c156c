namespace SsoCibaMethod.Client.Tests;

/// <summary>What a backchannel authentication request carries, and what it never carries (CIBA Core §7.1).</summary>
public sealed class RequestParameterTests : IDisposable
{
    private readonly Stage _stage = new();

    [Fact]
    [Trait("Spec", "C-14")]
    [Trait("Spec", "C-18")]
    public async Task All_parameters_are_sent_in_their_form()
    {
        _stage.Scope = ["openid", "profile"];
        _stage.Op.Metadata["backchannel_user_code_parameter_supported"] = true;

        await _stage.Client.StartAsync(new BackchannelAuthenticationRequest
        {
            LoginHint = "+358 40/é&=%",
            BindingMessage = "W4SC",
            UserCode = "p+n",
            RequestedExpiry = TimeSpan.FromSeconds(200.9),
            AcrValues = ["high", "low"],
        });

        Assert.Equal(
            "acr_values=high%20low&binding_message=W4SC&client_id=ubisecure-sso&client_secret=" + TestKeys.Secret
            + "&login_hint=%2B358%2040%2F%C3%A9%26%3D%25&requested_expiry=200&scope=openid%20profile&user_code=p%2Bn",
            _stage.Op.Last.Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    [Trait("Spec", "U-6")]
    public async Task A_user_code_is_never_sent_to_an_OP_that_does_not_offer_it(bool? offered)
    {
        if (offered is { } value)
        {
            _stage.Op.Metadata["backchannel_user_code_parameter_supported"] = value;
        }

        await _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", UserCode = "1234" });

        Assert.DoesNotContain("user_code", _stage.Op.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "C-20")]
    [Trait("Spec", "C-13")]
    public async Task What_is_not_given_is_not_sent_and_nothing_foreign_to_CIBA_ever_is()
    {
        await _stage.Client.StartAsync(Stage.Johndoe);

        Assert.Equal(["client_id", "client_secret", "login_hint", "scope"], _stage.Op.Last.Form.Keys);
    }

    [Fact]
    [Trait("Spec", "C-51")]
    public async Task The_ticket_is_sent_back_as_it_came()
    {
        const string Ticket = "a+b/c=d e&f%41é";

        await _stage.Client.PollAsync(Ticket);

        Assert.Equal(Ticket, _stage.Op.Last.Form["auth_req_id"]);
        Assert.Equal(["auth_req_id", "client_id", "client_secret", "grant_type"], _stage.Op.Last.Form.Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.9)]
    [Trait("Spec", "C-18")]
    public async Task A_requested_expiry_below_a_second_is_not_sent(double seconds)
    {
        var request = new BackchannelAuthenticationRequest { LoginHint = "johndoe", RequestedExpiry = TimeSpan.FromSeconds(seconds) };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => _stage.Client.StartAsync(request));
        Assert.Empty(_stage.Op.Seen);
    }

    [Fact]
    public async Task A_hint_with_a_lone_surrogate_is_sent_as_text()
    {
        await _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "a\ud800b" });

        Assert.Equal("a\ufffdb", _stage.Op.Last.Form["login_hint"]);
    }

    [Fact]
    [Trait("Spec", "C-11")]
    public void A_client_without_the_scope_openid_is_a_fault()
    {
        _stage.Scope = ["profile"];

        Assert.Contains("openid", Assert.ThrowsAny<ArgumentException>(() => _stage.Client).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "C-7")]
    public async Task Nothing_is_sent_to_an_OP_whose_metadata_does_not_fit()
    {
        _stage.Op.Metadata["issuer"] = "https://evil.example";

        var answer = await _stage.Client.StartAsync(Stage.Johndoe);

        Assert.Contains("https://evil.example", Assert.IsType<BackchannelAuthenticationResponse.ProtocolFault>(answer).Fault, StringComparison.Ordinal);
        Assert.IsType<TokenResponse.Unavailable>(await _stage.Client.PollAsync("a"));
        Assert.DoesNotContain(_stage.Op.Seen, exchange => exchange.Method == HttpMethod.Post);
    }

    [Fact]
    public async Task An_OP_that_cannot_be_reached_is_unavailable()
    {
        _stage.Op.Discovery = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);

        Assert.IsType<BackchannelAuthenticationResponse.Unavailable>(await _stage.Client.StartAsync(Stage.Johndoe));
        Assert.False(Assert.IsType<TokenResponse.Unavailable>(await _stage.Client.PollAsync("a")).MayHaveBeenReceived);
    }

    public void Dispose() => _stage.Dispose();
}
