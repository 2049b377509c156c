using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Tests.Fuzzing;

/// <summary>What an OP, or somebody in its place, tells the handler: the part of the fuzzed answers that goes beyond the client (docs/fuzzing.md).</summary>
[Trait("Spec", "K-52")]
[Trait("Spec", "K-54")]
public sealed class FuzzedSignInsTests
{
    private static readonly Dictionary<string, Func<IFuzzKind>> All = new()
    {
        ["tickets"] = () => new TicketFuzz(),
        ["notification calls"] = () => new NotificationCallFuzz(),
    };

    public static TheoryData<string> Kinds => new(All.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_spoiled_answer_signs_anybody_in_throws_or_takes_more_memory_than_it_may(string kind)
    {
        await using var fuzz = All[kind]();

        (await fuzz.RunAsync()).AssertFine();
    }
}
