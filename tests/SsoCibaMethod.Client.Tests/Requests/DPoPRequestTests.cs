using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Token requests with a proof (RFC 9449 §5, §8).</summary>
[Trait("Spec", "T-60")]
public sealed class DPoPRequestTests : IDisposable
{
    private const string Granted = """{"access_token":"at","token_type":"{0}","id_token":"e.y.J"}""";

    private readonly Stage _stage = new();
    private readonly DPoPKey _key;

    public DPoPRequestTests()
    {
        _key = DPoPKey.Create(_stage.Time);
        Use(_stage.Authentication);
    }

    private IReadOnlyList<FakeOp.Exchange> Polls => [.. _stage.Op.Seen.Where(exchange => exchange.Uri.AbsolutePath == "/oidc/token")];

    [Fact]
    public async Task Every_poll_carries_a_fresh_proof_for_the_token_endpoint_by_the_same_key()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<TokenResponse.Pending>(await _stage.Client.PollAsync("a"));
        }

        var proofs = Polls.Select(Proof).ToList();
        Assert.Equal(20, proofs.Select(proof => proof["jti"]).Distinct().Count());
        Assert.Single(proofs.Select(proof => proof.Header.GetProperty("jwk").GetRawText()).Distinct());
        Assert.All(proofs, proof => Assert.Equal(("POST", FakeOp.Issuer + "/oidc/token"), (proof["htm"], proof["htu"])));
        Assert.All(proofs, proof => Assert.Equal(["htm", "htu", "iat", "jti"], proof.ClaimNames));
    }

    [Fact]
    [Trait("Spec", "T-63")]
    public async Task The_authentication_request_carries_none()
    {
        await _stage.Client.StartAsync(Stage.Johndoe);

        Assert.DoesNotContain("DPoP", _stage.Op.Last.Headers, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("DPoP", true)]
    [InlineData("dpop", true)]
    [InlineData("Bearer", false)]
    [Trait("Spec", "T-61")]
    public async Task The_token_must_be_bound(string type, bool isGranted)
    {
        var answer = await _stage.PollAsync(FakeOp.Json(200, Granted.Replace("{0}", type, StringComparison.Ordinal)));

        if (isGranted)
        {
            Assert.Equal("DPoP", Assert.IsType<TokenResponse.Granted>(answer).Tokens.TokenType);
        }
        else
        {
            Assert.Contains("did not bind", Assert.IsType<TokenResponse.ProtocolFault>(answer).Fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Spec", "T-61")]
    public async Task Without_a_key_a_bound_token_cannot_be_used()
    {
        using var stage = new Stage();

        Assert.IsType<TokenResponse.ProtocolFault>(await stage.PollAsync(FakeOp.Json(200, Granted.Replace("{0}", "DPoP", StringComparison.Ordinal))));
    }

    [Fact]
    [Trait("Spec", "T-62")]
    [Trait("Spec", "T-25")]
    public async Task A_nonce_asked_for_is_given_at_once_with_a_new_assertion_and_the_caller_hears_nothing_of_it()
    {
        Use(Authentications.PrivateKey());
        _stage.Op.Token = (exchange, _) => Task.FromResult(Nonce(exchange) == "n1" ? FakeOp.Json(400, """{"error":"authorization_pending"}""") : Wants("n1"));

        Assert.IsType<TokenResponse.Pending>(await _stage.Client.PollAsync("a"));

        Assert.Equal([null, "n1"], Polls.Select(Nonce));
        Assert.Equal(2, Polls.Select(poll => Proof(poll)["jti"]).Distinct().Count());
        Assert.Equal(2, Polls.Select(poll => SentJwt.Parse(poll.Form["client_assertion"])["jti"]).Distinct().Count());
        Assert.All(Polls, poll => Assert.Equal("a", poll.Form["auth_req_id"]));
    }

    [Fact]
    [Trait("Spec", "T-62")]
    public async Task The_newest_nonce_of_any_answer_is_used_from_then_on()
    {
        var next = 0;
        _stage.Op.Token = (_, _) => Task.FromResult(With(FakeOp.Json(400, """{"error":"authorization_pending"}"""), $"n{++next}"));

        for (var i = 0; i < 3; i++)
        {
            await _stage.Client.PollAsync("a");
        }

        Assert.Equal([null, "n1", "n2"], Polls.Select(Nonce));
    }

    [Fact]
    [Trait("Spec", "T-62")]
    public async Task An_answer_without_one_leaves_the_nonce_in_use()
    {
        var isFirst = true;
        _stage.Op.Token = (_, _) =>
        {
            var answer = FakeOp.Json(400, """{"error":"authorization_pending"}""");
            (answer, isFirst) = (isFirst ? With(answer, "n1") : answer, false);
            return Task.FromResult(answer);
        };

        for (var i = 0; i < 3; i++)
        {
            await _stage.Client.PollAsync("a");
        }

        Assert.Equal([null, "n1", "n1"], Polls.Select(Nonce));
    }

    [Fact]
    [Trait("Spec", "T-62")]
    public async Task An_OP_that_asks_again_is_repeated_to_once_and_by_the_next_poll_with_the_newest_nonce()
    {
        var next = 0;
        _stage.Op.Token = (_, _) =>
        {
            var wants = Wants($"n{++next}");
            wants.Headers.Add("Retry-After", "120");
            return Task.FromResult(wants);
        };

        var answer = Assert.IsType<TokenResponse.Unavailable>(await _stage.Client.PollAsync("a"));

        // Nothing was decided, and the ticket is not spent.
        Assert.Equal((false, TimeSpan.FromMinutes(2)), (answer.MayHaveBeenReceived, answer.RetryAfter));
        Assert.Equal([null, "n1"], Polls.Select(Nonce));

        _stage.Op.Token = (exchange, _) => Task.FromResult(Nonce(exchange) == "n2" ? FakeOp.Json(400, """{"error":"authorization_pending"}""") : Wants("n3"));
        Assert.IsType<TokenResponse.Pending>(await _stage.Client.PollAsync("a"));
        Assert.Equal([null, "n1", "n2"], Polls.Select(Nonce));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [Trait("Spec", "T-62")]
    public async Task A_nonce_that_is_none_is_not_repeated_to(string? nonce)
    {
        _stage.Op.Token = (_, _) => Task.FromResult(Wants(nonce));

        Assert.IsType<TokenResponse.Refused>(await _stage.Client.PollAsync("a"));
        Assert.Single(Polls);
    }

    [Fact]
    public async Task Several_nonces_and_an_endless_one_are_none()
    {
        _stage.Op.Token = (_, _) => Task.FromResult(With(Wants("n1"), "n2"));
        await _stage.Client.PollAsync("a");
        _stage.Op.Token = (_, _) => Task.FromResult(Wants(new string('n', 1025)));
        await _stage.Client.PollAsync("a");

        Assert.Equal([null, null], Polls.Select(Nonce));
    }

    [Fact]
    public async Task Without_a_key_nobody_is_repeated_to()
    {
        using var stage = new Stage();
        stage.Op.Token = (_, _) => Task.FromResult(Wants("n1"));

        Assert.Equal(CibaErrorCode.UseDPoPNonce, Assert.IsType<TokenResponse.Refused>(await stage.Client.PollAsync("a")).Error.Code);
        Assert.Equal(1, stage.Op.Count("/oidc/token"));
    }

    [Fact]
    [Trait("Spec", "S-52")]
    public async Task A_proof_that_the_OP_repeats_is_taken_out_of_its_error()
    {
        _stage.Op.Token = (exchange, _) => Task.FromResult(FakeOp.Json(400, $$"""{"error":"invalid_dpop_proof","error_description":"bad {{Header(exchange)}}"}"""));

        var error = Assert.IsType<TokenResponse.Refused>(await _stage.Client.PollAsync(TestToken.AuthReqId)).Error;

        Assert.Equal((CibaErrorCode.InvalidDPoPProof, "bad ***"), (error.Code, error.Description));
    }

    [Theory]
    [InlineData("""["PS256"]""", false)]
    [InlineData("""["PS256","ES256"]""", true)]
    [Trait("Spec", "T-64")]
    public async Task The_algorithm_must_be_offered_where_the_OP_names_any(string offered, bool isFit)
    {
        _stage.Op.Metadata["dpop_signing_alg_values_supported"] = JsonNode.Parse(offered);

        var answer = await _stage.Client.StartAsync(Stage.Johndoe);

        Assert.Equal(isFit, answer is BackchannelAuthenticationResponse.Acknowledged);
        if (answer is BackchannelAuthenticationResponse.ProtocolFault fault)
        {
            Assert.Contains("change the setting DPoP", fault.Fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Spec", "T-63")]
    public void A_client_of_push_cannot_have_it()
    {
        _stage.Settings = new CibaClientSettings { ClientId = "c", Authentication = _stage.Authentication, DPoP = _key, TokenDeliveryMode = TokenDeliveryMode.Push };

        Assert.Contains("push", Assert.ThrowsAny<ArgumentException>(() => _stage.Client).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _stage.Dispose();

    private static HttpResponseMessage Wants(string? nonce) => With(FakeOp.Json(400, """{"error":"use_dpop_nonce"}"""), nonce);

    private static HttpResponseMessage With(HttpResponseMessage answer, string? nonce)
    {
        if (nonce is not null)
        {
            answer.Headers.TryAddWithoutValidation("DPoP-Nonce", nonce);
        }

        return answer;
    }

    private static string Header(FakeOp.Exchange exchange) => exchange.Headers.Split("DPoP: ")[1].Split('\n')[0].Trim();

    private static SentJwt Proof(FakeOp.Exchange exchange) => SentJwt.Parse(Header(exchange));

    private static string? Nonce(FakeOp.Exchange exchange) => Proof(exchange).Claims.TryGetProperty("nonce", out var nonce) ? nonce.GetString() : null;

    private void Use(ClientAuthentication authentication) =>
        _stage.Settings = new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = authentication, DPoP = _key };
}
