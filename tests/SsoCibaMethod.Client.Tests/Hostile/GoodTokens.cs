using System.Text;
using System.Text.Json.Nodes;
using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What the OP gives when all is well, and what it gives then only: the other opinion on tokens.</summary>
internal static class GoodTokens
{
    public const string RefreshToken = "the-refresh-token";
    public const string Acr = "high";

    /// <summary>The algorithms agreed, all three with SHA-256.</summary>
    public static readonly string[] Algorithms = ["PS256", "ES256", "HS256"];

    /// <summary>One ID token of each algorithm, tied to the tokens beside it as pushed ones are.</summary>
    public static readonly IReadOnlyList<string> All = [.. Algorithms.Select(algorithm => Create(algorithm, Token))];

    /// <summary>The same, and those that nothing but the signature protects.</summary>
    public static readonly IReadOnlyList<string> AllAndBare = [.. All, .. Algorithms.Select(algorithm => Create(algorithm, Bare))];

    public static readonly JsonObject Answer = new()
    {
        ["access_token"] = TestToken.AccessToken,
        ["token_type"] = "Bearer",
        ["id_token"] = All[0],
        ["refresh_token"] = RefreshToken,
        ["expires_in"] = 3600,
        ["scope"] = "openid profile",
        ["authorization_details"] = new JsonArray(new JsonObject { ["type"] = "payment", ["amount"] = 1.5 }),
    };

    public static readonly JsonObject Push = With("auth_req_id", TestToken.AuthReqId);

    public static readonly JsonObject Bound = With("token_type", "DPoP");

    public static TestToken Token => TestToken.Pushed(RefreshToken).With("acr", Acr).With("azp", TestToken.ClientId).With("nbf", TestToken.At(TimeSpan.Zero)).With("amr", new JsonArray("otp"));

    public static TestToken Bare => Token.Without("at_hash").Without(TestToken.RefreshTokenHashClaim).Without(TestToken.AuthReqIdClaim);

    /// <summary>For one user, one request and one context class: what names others is no sign-in.</summary>
    public static IdTokenExpectation Expectation(bool isPushed) =>
        new() { RequestedAt = TestToken.RequestedAt, AuthReqId = TestToken.AuthReqId, AcrValues = [Acr], Subject = TestToken.Subject, IsPushed = isPushed };

    public static Func<byte[], byte[]> SignerOf(string algorithm) => algorithm switch
    {
        "PS256" => Signer.For(algorithm, TestKeys.Rsa),
        "ES256" => Signer.For(algorithm, TestKeys.P256),
        _ => Signer.For("HS256", Encoding.UTF8.GetBytes(TestKeys.Secret)),
    };

    /// <summary>
    /// Whether an answer says what the good one says: the same tokens, which the hashes in the ID token tie together. How long the access token lives, for what
    /// it is good and members that nobody knows may differ, if they are of their type.
    /// </summary>
    public static bool AreIn(JsonTree.Members? answer, string tokenType = "Bearer") =>
        answer is not null
        && !answer.Has("error")
        && answer["id_token"]?.AsText == All[0]
        && answer["access_token"]?.AsText == TestToken.AccessToken
        && answer["refresh_token"]?.AsText == RefreshToken
        && string.Equals(answer["token_type"]?.AsText, tokenType, StringComparison.OrdinalIgnoreCase)
        && answer.IsAbsentOr("expires_in", value => value.IsPositiveInteger)
        && answer.IsAbsentOr("scope", value => value.AsText is not null)
        && answer.IsAbsentOr("authorization_details", value => value is JsonTree.Items);

    private static string Create(string algorithm, TestToken token) =>
        token.WithHeader("alg", algorithm).WithHeader("kid", algorithm == "ES256" ? "ec-256" : TestKeys.RsaId).Sign(SignerOf(algorithm));

    private static JsonObject With(string name, string value)
    {
        var changed = Answer.DeepClone().AsObject();
        changed[name] = value;
        return changed;
    }
}
