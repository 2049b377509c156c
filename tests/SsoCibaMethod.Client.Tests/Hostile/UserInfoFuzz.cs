using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What the userinfo endpoint answers (OpenID Connect Core §5.3.2, RFC 6750 §3). Accepted: claims about the user.</summary>
internal sealed class UserInfoFuzz() : FuzzKind<FuzzedAnswer, UserInfoResponse>("userinfo answers", 80)
{
    private static readonly string[] Good =
    [
        """{"sub":"user-1","name":"John Döe","address":{"country":"FI"},"roles":["a","b"],"updated_at":1.5e9,"email_verified":true}""",
        """{"error":"invalid_token","error_description":"the-access-token has expired"}""",
    ];

    private static readonly string[] Challenges =
    [
        """Bearer realm="op", error="invalid_token", error_description="expired" """, """DPoP error="use_dpop_nonce", algs="ES256" """, "Bearer", "Basic realm=\"x\"", """Bearer error = "a", Bearer error="b" """,
    ];

    private readonly FuzzedOp _op = new();

    protected override Task PrepareAsync() => _op.PrepareAsync();

    protected override ValueTask CloseAsync()
    {
        _op.Dispose();
        return base.CloseAsync();
    }

    protected override FuzzedAnswer Make(FuzzRandom random)
    {
        var answer = FuzzedAnswer.Around(random, Mutation.Of(random, Good));
        if (!random.OneIn(4))
        {
            return answer;
        }

        var challenge = FuzzedAnswer.HeaderText(Mutation.Of(random, Challenges));
        return answer with { Status = random.Pick(401, 401, 403, 200), Headers = [("WWW-Authenticate", challenge.Length > 32_000 ? challenge[..32_000] : challenge)] };
    }

    protected override async ValueTask<UserInfoResponse> TakeAsync(FuzzedAnswer answer) =>
        await _op.CreateClient(answer).GetUserInfoAsync(Stage.Tokens(GoodTokens.All[0]), TestToken.Subject);

    protected override FuzzVerdict Judge(FuzzedAnswer answer, UserInfoResponse result)
    {
        var verdict = FuzzVerdict.Of(result is UserInfoResponse.Received, answer.CanBeSuccess && IndependentJson.Read(answer.Body)?["sub"]?.AsText == TestToken.Subject);

        // Whoever stores the claims or reads them must not meet what the reader let through.
        _ = (result as UserInfoResponse.Received)?.Claims.ToJsonString();
        return result is UserInfoResponse.Refused { Error: { } error } && (AcknowledgementFuzz.Complaint(error) ?? Names(error)) is { } complaint ? verdict with { Complaint = complaint } : verdict;
    }

    protected override int Size(FuzzedAnswer answer) => answer.Size;

    protected override string Describe(FuzzedAnswer answer) => answer.ToString();

    private static string? Names(CibaError error) => $"{error}".Contains(TestToken.AccessToken, StringComparison.Ordinal) ? "an error that names the access token" : null;
}
