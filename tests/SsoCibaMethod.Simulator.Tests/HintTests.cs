using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class HintTests : IDisposable
{
    private readonly SimulatorHost _op = new(options => options.Clients.Add(new("bank") { Secret = "other", AuthenticationMethod = "client_secret_post" }));

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "C-12")]
    public async Task A_login_hint_token_names_an_account()
    {
        await _op.AskedAsync(("login_hint", null), ("login_hint_token", _op.Simulator.CreateLoginHintToken("bob@example.com")), ("user_code", "1234"));

        var request = await _op.Simulator.WaitForRequestAsync("bob");
        Assert.Equal(CibaSimulatorHint.LoginHintToken, request.Hint);
        Assert.Equal("Bob Berg", request.Account.Name);
    }

    [Fact]
    [Trait("Spec", "C-111")]
    public async Task An_expired_login_hint_token_is_refused_as_such()
    {
        var token = _op.Simulator.CreateLoginHintToken("alice", TimeSpan.FromMinutes(1));
        _op.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("expired_login_hint_token", (await AskByTokenAsync(token)).Error);
    }

    [Fact]
    [Trait("Spec", "C-120")]
    public async Task A_login_hint_token_that_is_not_ours_is_refused()
    {
        var good = _op.Simulator.CreateLoginHintToken("alice");

        Assert.Equal("invalid_request", (await AskByTokenAsync("alice")).Error);
        Assert.Equal("invalid_request", (await AskByTokenAsync(good[..^8] + "AAAAAAAA")).Error);
        Assert.Equal("invalid_request", (await AskByTokenAsync(await IdTokenAsync())).Error);
        Assert.Equal("unknown_user_id", (await AskByTokenAsync(_op.Simulator.CreateLoginHintToken("nobody"))).Error);
    }

    [Fact]
    [Trait("Spec", "C-15")]
    public async Task An_id_token_the_client_was_given_is_a_hint_even_after_it_has_expired()
    {
        var token = await IdTokenAsync();
        _op.Clock.Advance(TimeSpan.FromDays(1));

        await _op.AskedAsync(("login_hint", null), ("id_token_hint", token));

        var request = await _op.Simulator.WaitForRequestAsync("alice");
        Assert.Equal(CibaSimulatorHint.IdTokenHint, request.Hint);
        Assert.Equal(new JsonWebToken(token).Subject, request.Account.Subject);
    }

    [Fact]
    [Trait("Spec", "C-15")]
    public async Task An_id_token_of_another_client_or_another_kind_is_no_hint()
    {
        var token = await IdTokenAsync();
        (string, string?)[] bank = [("client_id", "bank"), ("client_secret", "other"), ("login_hint", null)];

        Assert.Equal("invalid_request", (await _op.AskAsync([.. bank, ("id_token_hint", token)])).Error);
        Assert.Equal("invalid_request", (await _op.AskAsync(("login_hint", null), ("id_token_hint", token[..^8] + "AAAAAAAA"))).Error);
        Assert.Equal(
            "invalid_request",
            (await _op.AskAsync(("login_hint", null), ("id_token_hint", _op.Simulator.CreateLoginHintToken("alice")))).Error);
    }

    [Theory]
    [Trait("Spec", "C-12")]
    [InlineData("login_hint", "login_hint_token")]
    [InlineData("login_hint", "id_token_hint")]
    [InlineData("login_hint_token", "id_token_hint")]
    public async Task Two_hints_are_refused_however_good_each_is(string first, string second)
    {
        var hints = new Dictionary<string, string?>
        {
            ["login_hint"] = "alice",
            ["login_hint_token"] = _op.Simulator.CreateLoginHintToken("alice"),
            ["id_token_hint"] = await IdTokenAsync(),
        };

        Assert.Equal("invalid_request", (await _op.AskAsync(("login_hint", null), (first, hints[first]), (second, hints[second]))).Error);
    }

    private Task<WireAnswer> AskByTokenAsync(string token) => _op.AskAsync(("login_hint", null), ("login_hint_token", token));

    private async Task<string> IdTokenAsync()
    {
        _op.Simulator.ApproveNextFor("alice");
        return (await _op.PollAsync(await _op.AskedAsync())).Text("id_token");
    }
}
