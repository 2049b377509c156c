using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>ID tokens that an attacker made of a good one (OpenID Connect Core §3.1.3.7, RFC 8725). Accepted: it is a sign-in.</summary>
internal sealed class IdTokenFuzz() : FuzzKind<string, IdTokenResult>("ID tokens", 150)
{
    private readonly IdTokenValidator _validator = Provider.Validator(GoodTokens.Algorithms);
    private readonly ProviderMetadata _provider = Provider.Metadata();

    protected override string Make(FuzzRandom random) => TokenMutation.Of(random, GoodTokens.AllAndBare);

    protected override ValueTask<IdTokenResult> TakeAsync(string answer) =>
        ValueTask.FromResult(_validator.Validate(Stage.Tokens(answer, GoodTokens.RefreshToken), GoodTokens.Expectation(isPushed: false), _provider));

    // What is signed is the text, and base64url spells each signature in one way.
    protected override FuzzVerdict Judge(string answer, IdTokenResult result) => FuzzVerdict.Of(result is IdTokenResult.Valid, GoodTokens.AllAndBare.Contains(answer, StringComparer.Ordinal));

    protected override int Size(string answer) => answer.Length;

    protected override string Describe(string answer) => FuzzText.Of(answer);
}
