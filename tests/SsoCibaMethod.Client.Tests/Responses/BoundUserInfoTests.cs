using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Client.Tests;

/// <summary>An access token that is bound to a key goes to the userinfo endpoint with a proof of that key (RFC 9449).</summary>
[Trait("Spec", "T-16")]
public sealed class BoundUserInfoTests : IDisposable
{
    private const string Endpoint = $"{FakeOp.Issuer}/oidc/userinfo";

    private readonly Stage _stage = new();

    public BoundUserInfoTests() => _stage.Op.Metadata["userinfo_endpoint"] = Endpoint;

    private static TokenSet Bound => new() { IdToken = "it", AccessToken = TestToken.AccessToken, TokenType = "DPoP" };

    private IEnumerable<FakeOp.Exchange> Calls => _stage.Op.Seen.Where(exchange => exchange.Uri.OriginalString == Endpoint);

    [Fact]
    [Trait("Spec", "T-60")]
    [Trait("Spec", "T-62")]
    public async Task A_bound_token_comes_with_a_proof_and_the_nonce_the_OP_asks_for()
    {
        var nonces = new Queue<string?>(["n1", null]);
        Bind();
        Answer(() =>
        {
            var nonce = nonces.Dequeue();
            var answer = nonce is null ? FakeOp.Json(200, """{"sub":"user-1"}""") : UserInfoAnswers.Challenged(401, """DPoP error="use_dpop_nonce" """);
            if (nonce is not null)
            {
                answer.Headers.Add("DPoP-Nonce", nonce);
            }

            return answer;
        });

        Assert.IsType<UserInfoResponse.Received>(await _stage.Client.GetUserInfoAsync(Bound, TestToken.Subject));

        var proofs = Calls.Select(call => SentJwt.Parse(call.Headers.Split('\n').Single(line => line.StartsWith("DPoP: ", StringComparison.Ordinal))[6..].Trim())).ToList();
        Assert.All(proofs, proof => Assert.Equal(
            ("GET", Endpoint, TestToken.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(TestToken.AccessToken)))), (proof["htm"], proof["htu"], proof["ath"])));
        Assert.Equal("n1", proofs[1]["nonce"]);
        Assert.NotEqual(proofs[0]["jti"], proofs[1]["jti"]);
        Assert.All(Calls, call => Assert.Contains($"Authorization: DPoP {TestToken.AccessToken}", call.Headers, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Spec", "T-62")]
    public async Task An_OP_that_asks_for_a_nonce_again_is_asked_twice_and_no_more()
    {
        Bind();
        Answer(() =>
        {
            var answer = UserInfoAnswers.Challenged(401, """DPoP error="use_dpop_nonce" """);
            answer.Headers.Add("DPoP-Nonce", "n");
            return answer;
        });

        Assert.Equal(
            CibaErrorCode.UseDPoPNonce, Assert.IsType<UserInfoResponse.Refused>(await _stage.Client.GetUserInfoAsync(Bound, TestToken.Subject)).Error?.Code);
        Assert.Equal(2, Calls.Count());
    }

    [Fact]
    public async Task A_bound_token_without_its_key_is_a_mistake_of_the_program() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _stage.Client.GetUserInfoAsync(Bound, TestToken.Subject));

    public void Dispose() => _stage.Dispose();

    private void Bind() => _stage.Settings = new CibaClientSettings
    {
        ClientId = TestToken.ClientId,
        Authentication = _stage.Authentication,
        DPoP = DPoPKey.Create(_stage.Time),
    };

    private void Answer(Func<HttpResponseMessage> answer) => _stage.Op.Token = (_, _) => Task.FromResult(answer());
}
