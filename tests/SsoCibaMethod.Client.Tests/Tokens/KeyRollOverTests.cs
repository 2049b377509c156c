using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The OP changes its keys; nobody loses a login, and nobody can make us flood the OP.</summary>
[Trait("Spec", "T-5")]
public sealed class KeyRollOverTests : IDisposable
{
    private static readonly TimeSpan LeastTimeBetweenFetches = TimeSpan.FromSeconds(30);

    private readonly Stage _stage = new();

    [Theory]
    [InlineData("rsa-2")]
    [InlineData(TestKeys.RsaId)]
    public async Task A_token_signed_by_a_new_key_is_valid_after_one_forced_fetch(string newKid)
    {
        await _stage.Client.Provider.GetAsync();
        Serve(TestKeys.Jwk(TestKeys.OtherRsa, newKid));

        var result = await ValidateAsync(Forged(newKid));

        Assert.IsType<IdTokenResult.Valid>(result);
        Assert.Equal(2, _stage.Op.KeyFetches);
    }

    [Fact]
    public async Task A_token_that_no_fetch_can_save_keeps_its_fault()
    {
        await _stage.Client.Provider.GetAsync();

        Assert.Equal(IdTokenFault.UnknownKey, Assert.IsType<IdTokenResult.Invalid>(await ValidateAsync(Forged("rsa-2"))).Fault);
        Assert.Equal(2, _stage.Op.KeyFetches);
    }

    [Fact]
    public async Task A_fault_that_is_not_the_key_s_fetches_nothing()
    {
        var expired = new TestToken().With("exp", TestToken.At(TimeSpan.FromHours(-1))).Sign();

        Assert.Equal(IdTokenFault.Expired, Assert.IsType<IdTokenResult.Invalid>(await ValidateAsync(expired)).Fault);
        Assert.Equal(1, _stage.Op.KeyFetches);
    }

    [Fact]
    [Trait("Spec", "T-6")]
    public async Task No_key_of_the_OP_s_can_save_a_token_signed_with_the_client_secret()
    {
        _stage.Algorithms = ["HS256"];
        var forged = new TestToken().WithHeader("alg", "HS256").Sign(Signer.For("HS256", "another-client-secret-of-forty-characters"u8.ToArray()));

        Assert.Equal(IdTokenFault.WrongSignature, Assert.IsType<IdTokenResult.Invalid>(await ValidateAsync(forged)).Fault);
        Assert.Equal(1, _stage.Op.KeyFetches);
    }

    [Fact]
    public async Task A_flood_of_forged_kids_fetches_once_in_30_seconds()
    {
        const int Flood = 200;
        _ = await ValidateAsync(Forged("the-first"));
        var validations = Enumerable.Range(0, Flood).Select(i => ValidateAsync(Forged($"forged-{i}"))).ToList();
        await Stage.Until(() => _stage.Time.ActiveTimers == Flood);
        Assert.Equal(2, _stage.Op.KeyFetches);

        _stage.Time.Advance(LeastTimeBetweenFetches - TimeSpan.FromMilliseconds(1));
        Assert.Equal((Flood, 2), (_stage.Time.ActiveTimers, _stage.Op.KeyFetches));

        _stage.Time.Advance(TimeSpan.FromMilliseconds(1));
        var results = await Task.WhenAll(validations);
        Assert.All(results, result => Assert.Equal(IdTokenFault.UnknownKey, Assert.IsType<IdTokenResult.Invalid>(result).Fault));
        Assert.Equal(3, _stage.Op.KeyFetches);
    }

    [Fact]
    public async Task A_failed_fetch_decides_nothing_and_leaves_the_good_keys()
    {
        await _stage.Client.Provider.GetAsync();
        _stage.Op.Keys = (_, _) => Task.FromResult(FakeOp.Json(500, "{}"));

        Assert.IsType<IdTokenResult.Undecided>(await ValidateAsync(Forged("rsa-2")));
        Assert.IsType<IdTokenResult.Valid>(await ValidateAsync(new TestToken().Sign()));
    }

    [Fact]
    public async Task A_good_token_waits_for_nobody_while_keys_are_fetched()
    {
        await _stage.Client.Provider.GetAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _stage.Op.Keys = (_, _) => answer.Task;
        var forged = ValidateAsync(Forged("rsa-2"));
        await Stage.Until(() => _stage.Op.KeyFetches == 2);

        Assert.IsType<IdTokenResult.Valid>(await ValidateAsync(new TestToken().Sign()));

        answer.SetResult(FakeOp.Json(200, TestKeys.OfTheOp()));
        Assert.IsType<IdTokenResult.Invalid>(await forged);
    }

    [Fact]
    public async Task Waiting_for_keys_can_be_given_up()
    {
        _ = await ValidateAsync(Forged("the-first"));
        using var patience = new CancellationTokenSource();
        var validation = _stage.Client.ValidateAsync(Stage.Tokens(Forged("rsa-2")), Stage.Expectation, patience.Token);
        await Stage.Until(() => _stage.Time.ActiveTimers == 1);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => validation);
    }

    [Fact]
    public async Task Without_the_OP_s_keys_nothing_is_decided()
    {
        _stage.Op.Keys = (_, _) => throw new HttpRequestException();

        Assert.IsType<IdTokenResult.Undecided>(await ValidateAsync(new TestToken().Sign()));
    }

    public void Dispose() => _stage.Dispose();

    private static string Forged(string kid) => new TestToken().WithHeader("kid", kid).Sign(Signer.For("PS256", TestKeys.OtherRsa));

    private void Serve(params JsonObject[] keys)
    {
        var set = TestKeys.Set(keys);
        _stage.Op.Keys = (_, _) => Task.FromResult(FakeOp.Json(200, set));
    }

    private Task<IdTokenResult> ValidateAsync(string token) => _stage.Client.ValidateAsync(Stage.Tokens(token), Stage.Expectation);
}
