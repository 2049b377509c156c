using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>
/// Whatever an OP, or somebody in its place, sends: no sign-in but by what says the same as a good answer, no exception, no more memory than its size warrants.
/// A failure names the seed and the case that make it again (docs/fuzzing.md).
/// </summary>
[Trait("Spec", "K-50")]
[Trait("Spec", "K-51")]
[Trait("Spec", "K-52")]
[Trait("Spec", "K-54")]
[Trait("Spec", "K-55")]
public sealed class FuzzedAnswersTests
{
    private static readonly Dictionary<string, Func<IFuzzKind>> All = new()
    {
        ["acknowledgements"] = () => new AcknowledgementFuzz(),
        ["token answers"] = TokenAnswerFuzz.OfTokens,
        ["poll errors"] = TokenAnswerFuzz.OfErrors,
        ["headers"] = TokenAnswerFuzz.OfHeaders,
        ["ID tokens"] = () => new IdTokenFuzz(),
        ["claims the OP signed"] = () => new SignedClaimsFuzz(),
        ["encrypted ID tokens"] = () => new EncryptedIdTokenFuzz(),
        ["userinfo answers"] = () => new UserInfoFuzz(),
        ["discovery documents"] = () => new MetadataFuzz(),
        ["key sets"] = () => new KeySetFuzz(),
        ["pings"] = () => new NotificationFuzz(TokenDeliveryMode.Ping),
        ["pushes"] = () => new NotificationFuzz(TokenDeliveryMode.Push),
    };

    public static TheoryData<string> Kinds => new(All.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_spoiled_answer_signs_anybody_in_throws_or_takes_more_memory_than_it_may(string kind)
    {
        await using var fuzz = All[kind]();

        (await fuzz.RunAsync()).AssertFine();
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(FuzzSettings.Usual * All.Values.Sum(create => create().Share) / 1000 >= 100_000);
}
