namespace SsoCibaMethod.Client.Tests;

/// <summary>Who is asked is said in exactly one of three ways (CIBA Core §7.1).</summary>
[Trait("Spec", "C-12")]
public sealed class HintTests : IDisposable
{
    // A signed token about somebody; of the other two hints any text will do.
    private const string Canary = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2ln";

    private readonly Stage _stage = new();

    [Theory]
    [InlineData("login_hint")]
    [InlineData("login_hint_token")]
    [InlineData("id_token_hint")]
    [Trait("Spec", "C-15")]
    public async Task Each_hint_is_sent_under_its_name(string name)
    {
        await _stage.Client.StartAsync(With(name, Canary));

        Assert.Equal(["client_id", "client_secret", name, "scope"], _stage.Op.Last.Form.Keys.Order());
        Assert.Equal(Canary, _stage.Op.Last.Form[name]);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", "", "")]
    [InlineData("a", "b", null)]
    [InlineData("a", null, "c")]
    [InlineData(null, "b", "c")]
    [InlineData("a", "b", "c")]
    public async Task None_and_several_are_refused_and_nothing_is_sent(string? hint, string? token, string? idToken)
    {
        var request = new BackchannelAuthenticationRequest { LoginHint = hint, LoginHintToken = token, IdTokenHint = idToken };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _stage.Client.StartAsync(request));

        Assert.Contains("exactly one", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_stage.Op.Seen);
    }

    [Theory]
    [InlineData("login_hint")]
    [InlineData("login_hint_token")]
    [InlineData("id_token_hint")]
    [Trait("Spec", "S-52")]
    public async Task A_hint_that_the_OP_repeats_is_taken_out_of_its_error(string name)
    {
        _stage.Op.Backchannel = (exchange, _) => Task.FromResult(FakeOp.Json(400, $$"""{"error":"invalid_request","error_description":"bad {{exchange.Form[name]}}"}"""));

        var answer = await _stage.Client.StartAsync(With(name, Canary));

        Assert.Equal("invalid_request (bad ***)", Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error.ToString());
    }

    public void Dispose() => _stage.Dispose();

    private static BackchannelAuthenticationRequest With(string name, string value) => new()
    {
        LoginHint = name == "login_hint" ? value : null,
        LoginHintToken = name == "login_hint_token" ? value : null,
        IdTokenHint = name == "id_token_hint" ? value : null,
    };
}
