using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class RefreshTests : IDisposable
{
    private readonly SimulatorHost _op = new(options => options.Clients.Add(new("bank") { Secret = "other", AuthenticationMethod = "client_secret_post" }));

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "T-69")]
    public async Task Who_asks_for_offline_access_has_a_refresh_token()
    {
        Assert.True((await RedeemAsync("openid offline_access")).Has("refresh_token"));
        Assert.False((await RedeemAsync("openid")).Has("refresh_token"));
    }

    [Fact]
    [Trait("Spec", "K-17")]
    [Trait("Spec", "F-15")]
    public async Task It_gives_new_tokens_of_the_same_user_and_another_of_its_kind()
    {
        var first = await RedeemAsync("openid offline_access profile");
        _op.Clock.Advance(TimeSpan.FromMinutes(30));

        var second = await RefreshAsync(first.Text("refresh_token"));

        var (before, after) = (new JsonWebToken(first.Text("id_token")), new JsonWebToken(second.Text("id_token")));
        Assert.NotEqual(first.Text("access_token"), second.Text("access_token"));
        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        Assert.Equal(before.Subject, after.Subject);
        Assert.Equal(before.GetPayloadValue<long>("auth_time"), after.GetPayloadValue<long>("auth_time"));
        Assert.Equal(before.GetPayloadValue<long>("iat") + 1800, after.GetPayloadValue<long>("iat"));
        Assert.Null((await RefreshAsync(second.Text("refresh_token"))).Error);
    }

    [Fact]
    [Trait("Spec", "K-17")]
    public async Task The_answer_can_be_without_an_id_token()
    {
        var token = (await RedeemAsync("openid offline_access")).Text("refresh_token");
        _op.Simulator.Options.IdTokenOnRefresh = false;

        Assert.False((await RefreshAsync(token)).Has("id_token"));
    }

    [Fact]
    [Trait("Spec", "F-15")]
    public async Task One_that_comes_twice_ends_all_that_came_of_it()
    {
        var first = (await RedeemAsync("openid offline_access")).Text("refresh_token");
        var other = (await RedeemAsync("openid offline_access")).Text("refresh_token");
        var second = (await RefreshAsync(first)).Text("refresh_token");

        Assert.Equal("invalid_grant", (await RefreshAsync(first)).Error);
        Assert.Equal("invalid_grant", (await RefreshAsync(second)).Error);
        Assert.Null((await RefreshAsync(other)).Error);
    }

    [Fact]
    [Trait("Spec", "T-69")]
    public async Task It_is_its_clients_and_has_an_end()
    {
        var token = (await RedeemAsync("openid offline_access")).Text("refresh_token");

        Assert.Equal("invalid_grant", (await RefreshAsync(token, ("client_id", "bank"), ("client_secret", "other"))).Error);
        Assert.Equal("invalid_grant", (await RefreshAsync("made-up")).Error);
        Assert.Equal("invalid_request", (await RefreshAsync("")).Error);
        _op.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("invalid_grant", (await RefreshAsync(token)).Error);
    }

    private async Task<WireAnswer> RedeemAsync(string scope)
    {
        _op.Simulator.ApproveNextFor("alice");
        return await _op.PollAsync(await _op.AskedAsync(("scope", scope)));
    }

    private Task<WireAnswer> RefreshAsync(string token, params (string Name, string? Value)[] parameters) =>
        _op.SendAsync("token", [("grant_type", "refresh_token"), ("refresh_token", token), .. parameters]);
}
