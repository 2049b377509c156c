using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What the request asked for is held against the ID token that an approval brings.</summary>
public sealed class RequestedProofTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Waiting _waiting = new();

    [Fact]
    [Trait("Spec", "T-11")]
    [Trait("Spec", "F-4")]
    public async Task The_acr_asked_for_must_come_back()
    {
        _waiting.Request = new BackchannelAuthenticationRequest { LoginHint = "johndoe", AcrValues = ["high"] };
        _waiting.Answers(() => Waiting.Tokens(new TestToken().With("acr", "low")));

        await _waiting.BeginAsync();

        Assert.Contains(nameof(IdTokenFault.WrongAcr), Assert.IsType<CibaAuthenticationResult.Failed>(await _waiting.EndAfterAsync(Interval)).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phone", "high", typeof(CibaAuthenticationResult.Approved))]
    [InlineData("phone", "phone", typeof(CibaAuthenticationResult.Failed))]
    [InlineData("phone", "HIGH", typeof(CibaAuthenticationResult.Failed))]
    [InlineData("phone", null, typeof(CibaAuthenticationResult.Failed))]
    [InlineData(null, "high", typeof(CibaAuthenticationResult.Approved))]
    [InlineData(null, null, typeof(CibaAuthenticationResult.Failed))]
    [Trait("Spec", "T-11")]
    [Trait("Spec", "C-14")]
    public async Task An_acr_accepted_in_the_place_of_those_asked_for_must_come_back(string? asked, string? acr, Type expected)
    {
        _waiting.Request = new BackchannelAuthenticationRequest { LoginHint = "johndoe", AcrValues = asked is null ? [] : [asked], AcceptedAcrValues = ["higher", "high"] };
        _waiting.Answers(() => Waiting.Tokens(acr is null ? new TestToken() : new TestToken().With("acr", acr)));

        await _waiting.BeginAsync();

        Assert.Equal(asked, _waiting.Op.Seen.Last().Form.GetValueOrDefault("acr_values"));
        Assert.IsType(expected, await _waiting.EndAfterAsync(Interval));
    }

    [Fact]
    [Trait("Spec", "T-10")]
    public async Task The_age_of_the_users_proof_is_held_against_the_max_age_asked_for()
    {
        _waiting.Request = new BackchannelAuthenticationRequest { LoginHint = "johndoe", Parameters = new Dictionary<string, JsonNode?> { ["max_age"] = "300" } };
        _waiting.Answers(() => Waiting.Tokens(new TestToken().With("auth_time", TestToken.At(TimeSpan.FromMinutes(-10)))));

        await _waiting.BeginAsync();

        Assert.Contains(
            nameof(IdTokenFault.AuthenticatedTooLongAgo), Assert.IsType<CibaAuthenticationResult.Failed>(await _waiting.EndAfterAsync(Interval)).Cause, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "T-17")]
    public async Task The_user_of_the_id_token_hint_must_be_the_one_who_approves()
    {
        _waiting.Request = new BackchannelAuthenticationRequest { IdTokenHint = new TestToken().With("sub", "user-2").Sign() };
        _waiting.Answers(() => Waiting.Tokens());

        await _waiting.BeginAsync();

        Assert.Contains(nameof(IdTokenFault.WrongSubject), Assert.IsType<CibaAuthenticationResult.Failed>(await _waiting.EndAfterAsync(Interval)).Cause, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "T-12")]
    public async Task An_old_token_cannot_answer_a_new_request()
    {
        _waiting.Answers(() => Waiting.Tokens(new TestToken().With("iat", TestToken.At(TimeSpan.FromSeconds(-61)))));

        await _waiting.BeginAsync();

        Assert.Contains(nameof(IdTokenFault.IssuedBeforeRequest), Assert.IsType<CibaAuthenticationResult.Failed>(await _waiting.EndAfterAsync(Interval)).Cause, StringComparison.Ordinal);
    }

    public void Dispose() => _waiting.Dispose();
}
