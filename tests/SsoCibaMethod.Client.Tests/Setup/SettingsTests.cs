namespace SsoCibaMethod.Client.Tests.Setup;

/// <summary>Settings that do not fit together, or would switch off a check, make no client.</summary>
public class SettingsTests
{
    public static TheoryData<string> Faults => [.. Unfit.Keys];

    private static readonly Dictionary<string, CibaClientSettings> Unfit = new(StringComparer.Ordinal)
    {
        ["ClientId"] = new() { ClientId = "", Authentication = Basic },
        ["Scope must hold openid"] = new() { ClientId = "a", Authentication = Basic, Scope = ["profile"] },
        ["Scope holds"] = new() { ClientId = "a", Authentication = Basic, Scope = ["openid", "profile email"] },
        ["DPoP"] = new() { ClientId = "a", Authentication = Basic, DPoP = DPoPKey.Create(), TokenDeliveryMode = TokenDeliveryMode.Push },
        ["IdTokenSigningAlgorithms is empty"] = new() { ClientId = "a", Authentication = Basic, IdTokenSigningAlgorithms = [] },
        ["IdTokenSigningAlgorithms holds \"none\""] = new() { ClientId = "a", Authentication = Basic, IdTokenSigningAlgorithms = ["none"] },
        ["ClockSkew"] = new() { ClientId = "a", Authentication = Basic, ClockSkew = TimeSpan.FromMinutes(6) },
        ["RequestTimeout"] = new() { ClientId = "a", Authentication = Basic, RequestTimeout = TimeSpan.FromSeconds(30) },
        ["MaximumConsecutiveFailures"] = new() { ClientId = "a", Authentication = Basic, Polling = new() { MaximumConsecutiveFailures = 0 } },
    };

    private static ClientSecretBasic Basic => new("secret");

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Spec", "T-8")]
    public void An_unfit_setting_is_named(string named)
    {
        var thrown = Assert.Throws<ArgumentException>(() => CibaClient.Create("https://op.example", Unfit[named]));

        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Spec", "C-15")]
    [Trait("Spec", "T-17")]
    [InlineData("no token")]
    [InlineData("e30.e30.e30")]
    [InlineData("e30.a.b.c.d")]
    public async Task An_id_token_hint_that_names_nobody_is_not_sent(string hint)
    {
        using var stage = new Stage();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => stage.Client.StartAsync(new BackchannelAuthenticationRequest { IdTokenHint = hint }));
    }

    [Fact]
    [Trait("Spec", "T-11")]
    public async Task An_acr_with_a_space_in_it_would_be_two_and_is_not_sent()
    {
        using var stage = new Stage();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "alice", AcrValues = ["loa2 loa3"] }));
    }
}
