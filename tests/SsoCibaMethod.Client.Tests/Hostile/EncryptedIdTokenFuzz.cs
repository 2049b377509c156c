using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Encrypted ID tokens: the envelope spoiled, or a spoiled token in a good envelope (RFC 7516, RFC 7518 §4.3, §4.6). Accepted: it is a sign-in.</summary>
internal sealed class EncryptedIdTokenFuzz() : FuzzKind<EncryptedIdTokenFuzz.Token, IdTokenResult>("encrypted ID tokens", 50)
{
    private static readonly IReadOnlyList<string> Good =
    [
        .. from algorithm in TestJwe.Algorithms from encryption in TestJwe.ContentEncryption select new TestJwe(algorithm, encryption).With("kid", "enc-1").Encrypt(GoodTokens.All[0]),
    ];

    private readonly IdTokenValidator _validator = Provider.Validator(Decryptions.All, GoodTokens.Algorithms);
    private readonly ProviderMetadata _provider = Provider.Metadata();

    protected override Token Make(FuzzRandom random)
    {
        if (!random.OneIn(4))
        {
            var envelope = TokenMutation.Of(random, Good);
            return new Token(envelope, Good.Contains(envelope, StringComparer.Ordinal));
        }

        // Anybody can encrypt to a public key; so this proves nothing.
        var inside = random.OneIn(12) ? random.Pick(Good) : TokenMutation.Of(random, GoodTokens.AllAndBare);
        return new Token(new TestJwe(random.Pick(TestJwe.Algorithms), random.Pick(TestJwe.ContentEncryption)).Encrypt(inside), GoodTokens.AllAndBare.Contains(inside, StringComparer.Ordinal));
    }

    protected override ValueTask<IdTokenResult> TakeAsync(Token answer) =>
        ValueTask.FromResult(_validator.Validate(Stage.Tokens(answer.Compact, GoodTokens.RefreshToken), GoodTokens.Expectation(isPushed: false), _provider));

    protected override FuzzVerdict Judge(Token answer, IdTokenResult result) => FuzzVerdict.Of(result is IdTokenResult.Valid, answer.IsGood);

    protected override int Size(Token answer) => answer.Compact.Length;

    protected override string Describe(Token answer) => FuzzText.Of(answer.Compact);

    internal sealed record Token(string Compact, bool IsGood);
}
