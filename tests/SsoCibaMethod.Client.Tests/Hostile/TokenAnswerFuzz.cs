using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What answers a poll (CIBA Core §10.1.1, §11), with the headers that count there. Accepted: it is a sign-in.</summary>
internal sealed class TokenAnswerFuzz : FuzzKind<FuzzedAnswer, TokenAnswerFuzz.Result>
{
    private static readonly PollSettings Settings = new();
    private static readonly BackchannelAuthenticationResponse.Acknowledged Acknowledged = new(TestToken.AuthReqId, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5));

    private static readonly string[] Waits = ["0", "1", "120", "-1", "2147483647", "2147483648", "Mon, 02 Mar 2026 10:02:00 GMT", "Mon, 02 Mar 2020 10:02:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "1.5", ""];

    private static readonly byte[] Tokens = System.Text.Encoding.UTF8.GetBytes(GoodTokens.Answer.ToJsonString());

    private readonly Func<FuzzRandom, FuzzedAnswer> _make;
    private readonly FuzzedOp _op;
    private readonly DPoPKey? _key;
    private readonly IdTokenValidator _validator = Provider.Validator(GoodTokens.Algorithms);
    private readonly ProviderMetadata _provider = Provider.Metadata();

    private TokenAnswerFuzz(string name, int share, Func<FuzzRandom, FuzzedAnswer> make, DPoPKey? key = null)
        : base(name, share) => (_make, _key, _op) = (make, key, new FuzzedOp(key));

    /// <summary>The tokens, spoiled; the ID token in them too.</summary>
    public static TokenAnswerFuzz OfTokens() => new("token answers", 140, random =>
    {
        var good = GoodTokens.Answer;
        if (random.OneIn(4))
        {
            good = good.DeepClone().AsObject();
            good["id_token"] = TokenMutation.Of(random, [GoodTokens.All[0]]);
        }

        return FuzzedAnswer.Around(random, Mutation.Of(random, good.ToJsonString()));
    });

    /// <summary>All there is before the tokens, and them at last.</summary>
    public static TokenAnswerFuzz OfErrors() => new("poll errors", 100, random => (random.OneIn(50) ? FuzzedAnswer.Around(random, Tokens) : FuzzedAnswer.Around(random, Error(random), random.Pick(400, 400, 401, 429, 503))) with
    {
        Headers = random.OneIn(4) ? [("Retry-After", Header(random, Waits))] : [],
    });

    /// <summary>A client that proves possession, and the headers the OP answers that with (RFC 9449 §8).</summary>
    public static TokenAnswerFuzz OfHeaders() => new(
        "headers",
        50,
        random => FuzzedAnswer.Around(
            random, random.OneIn(8) ? Mutation.Of(random, GoodTokens.Bound.ToJsonString()) : """{"error":"use_dpop_nonce"}"""u8.ToArray(), random.Pick(200, 400, 401)) with
        {
            Headers =
            [
                ("DPoP-Nonce", Header(random, "eyJ7S_zG.eyJH0-Z.HX4w-7v", "n", new string('n', 1024), new string('n', 1025))), ("Retry-After", Header(random, Waits)),
                .. random.OneIn(8) ? [("DPoP-Nonce", Header(random, "n"))] : Array.Empty<(string, string)>(),
            ],
        },
        DPoPKey.Create());

    protected override Task PrepareAsync() => _op.PrepareAsync();

    protected override ValueTask CloseAsync()
    {
        _op.Dispose();
        return base.CloseAsync();
    }

    protected override FuzzedAnswer Make(FuzzRandom random) => _make(random);

    protected override async ValueTask<Result> TakeAsync(FuzzedAnswer answer)
    {
        var response = await _op.CreateClient(answer).PollAsync(TestToken.AuthReqId);
        var verdict = response is TokenResponse.Granted { Tokens: var tokens } ? _validator.Validate(tokens, GoodTokens.Expectation(isPushed: false), _provider) : null;
        var schedule = PollSchedule.Begin(TimeSpan.Zero, TimeSpan.Zero, Acknowledged, Settings);
        return new Result(response, verdict, response switch
        {
            TokenResponse.Pending pending => schedule.AfterPending(TimeSpan.Zero, TimeSpan.Zero, pending.RetryAfter),
            TokenResponse.SlowDown slower => schedule.AfterSlowDown(TimeSpan.Zero, TimeSpan.Zero, slower.RetryAfter),
            TokenResponse.Unavailable unavailable => schedule.AfterUnavailable(TimeSpan.Zero, TimeSpan.Zero, unavailable.RetryAfter),
            _ => schedule,
        });
    }

    protected override FuzzVerdict Judge(FuzzedAnswer answer, Result result)
    {
        var isGood = answer.CanBeSuccess && GoodTokens.AreIn(IndependentJson.Read(answer.Body), _key is null ? "Bearer" : "DPoP");
        var verdict = FuzzVerdict.Of(result.Verdict is IdTokenResult.Valid, isGood);
        return verdict.Complaint is null && (ComplaintOfWait(answer, result) ?? ComplaintOfProofs(answer) ?? ComplaintOfUse(result)) is { } complaint ? verdict with { Complaint = complaint } : verdict;
    }

    protected override int Size(FuzzedAnswer answer) => answer.Size;

    protected override string Describe(FuzzedAnswer answer) => answer.ToString();

    private static byte[] Error(FuzzRandom random) => Mutation.Of(
        random, $$"""{"error":"{{random.Pick("authorization_pending", "slow_down", "access_denied", "expired_token", "invalid_grant", "server_error", "x")}}","error_description":"wait, \u00e9"}""", "<html>", "");

    private static string Header(FuzzRandom random, params IReadOnlyList<string> good)
    {
        var bytes = random.OneIn(2) ? System.Text.Encoding.ASCII.GetBytes(random.Pick(good)) : Mutation.Of(random, good);

        // The longest that the platform takes is 64 KB for all headers together.
        return FuzzedAnswer.HeaderText(bytes.Length > 32_000 ? bytes[..32_000] : bytes);
    }

    // Never sooner than the interval, and never as late as never (CIBA Core §11).
    private static string? ComplaintOfWait(FuzzedAnswer answer, Result result)
    {
        var (least, retryAfter) = result.Response switch
        {
            TokenResponse.SlowDown slower => (10, slower.RetryAfter),
            TokenResponse.Pending pending => (5, pending.RetryAfter),
            TokenResponse.Unavailable unavailable => (5, unavailable.RetryAfter),
            _ => (0, null),
        };
        var asked = answer.Headers.Where(header => header.Name == "Retry-After").Select(header => header.Value).ToList() is [{ Length: > 0 and <= 9 } value] && value.All(char.IsAsciiDigit)
            ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        return result.Next.NextPoll < TimeSpan.FromSeconds(least) ? "a poll too early"
            : least > 0 && result.Response is not TokenResponse.Unavailable { MayHaveBeenReceived: true } && result.Next.NextPoll < TimeSpan.FromSeconds(Math.Min(asked, 365 * 24 * 3600)) ? "a poll before Retry-After"
            : retryAfter <= TimeSpan.Zero || result.Next.NextPoll > TimeSpan.FromDays(366) ? "a poll never"
            : null;
    }

    // The nonce comes back as it was, once, or nothing of it does.
    private string? ComplaintOfProofs(FuzzedAnswer answer)
    {
        if (_key is null)
        {
            return _op.Proofs is [""] ? null : "more than one request";
        }

        var nonces = answer.Headers.Where(header => header.Name == "DPoP-Nonce").Select(header => header.Value).ToList();
        var nonce = nonces is [{ Length: > 0 and <= 1024 } only] && only.All(letter => letter is '!' or (>= '#' and <= '[') or (>= ']' and <= '~')) ? only : null;
        var isWanted = nonce is not null && answer.IsReadable && answer.Status is < 300 or >= 400 && IndependentJson.Read(answer.Body)?["error"]?.AsText == "use_dpop_nonce";
        return _op.Proofs.Count != (isWanted ? 2 : 1) ? $"{_op.Proofs.Count} requests"
            : isWanted && SentJwt.Parse(_op.Proofs[1])["nonce"] != nonce ? "another nonce than the OP's"
            : null;
    }

    // Whoever stores the tokens or reads the claims must not meet what the reader let through.
    private static string? ComplaintOfUse(Result result)
    {
        if (result.Response is TokenResponse.Refused { Error: var error } && AcknowledgementFuzz.Complaint(error) is { } complaint)
        {
            return complaint;
        }

        _ = (result.Response as TokenResponse.Granted)?.Tokens.AuthorizationDetails?.ToJsonString();
        _ = (result.Verdict as IdTokenResult.Valid)?.Claims.ToJsonString();
        return null;
    }

    internal sealed record Result(TokenResponse Response, IdTokenResult? Verdict, PollSchedule Next);
}
