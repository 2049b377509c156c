namespace SsoCibaMethod.Cli.Tests;

/// <summary>An OP that asks for the user's code (CIBA Core §7.1.2): whoever sits at the terminal types it.</summary>
public class UserCodeTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    private static readonly Dictionary<string, string> BySecret = new(StringComparer.Ordinal) { [LoginOptions.SecretVariable] = SimulatedOp.Secret };

    private string Bob => $"login --authority {op.Authority} --client-id terminal -u bob";

    [Fact]
    [Trait("Spec", "C-17")]
    public async Task It_is_asked_for_when_the_OP_wants_it_and_shown_nowhere()
    {
        op.Simulator.ApproveNextFor("bob");

        var run = await Terminal.RunAsync(Bob, BySecret, typed: "1234\n");

        Assert.Equal(ExitCodes.Approved, run.Code);
        Assert.Contains("user code", run.Error, StringComparison.Ordinal);

        // The port of the address may hold any digits.
        Assert.DoesNotContain("1234", (run.Output + run.Error).Replace(op.Authority, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_one_is_a_refusal_and_not_asked_for_again()
    {
        var run = await Terminal.RunAsync(Bob, BySecret, typed: "4321\n");

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains("invalid_user_code", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("--quiet", "1234\n")]
    public async Task Where_nobody_can_be_asked_the_OPs_wish_is_a_refusal(string option, string? typed)
    {
        var run = await Terminal.RunAsync($"{Bob} {option}", BySecret, typed: typed);

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains("missing_user_code", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "C-17")]
    public async Task Nobody_is_asked_where_the_OP_does_not_want_one()
    {
        op.Simulator.ApproveNextFor("alice");

        var run = await Terminal.RunAsync(Bob.Replace("bob", "alice", StringComparison.Ordinal), BySecret, typed: "");

        Assert.Equal(ExitCodes.Approved, run.Code);
        Assert.DoesNotContain("user code", run.Error, StringComparison.Ordinal);
    }
}
