using System.Globalization;
using SsoCibaMethod.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SsoCibaMethod.Tests.Redeeming;

/// <summary>
/// Redeeming is broken off at random points and tried again: one transition each, the browser that started always ends signed in, no other one ever. More runs by
/// <c>tests/redeem.sh</c>, or by CIBA_REDEEM_RUNS and CIBA_REDEEM_SEED.
/// </summary>
[Trait("Spec", "S-13")]
public class RedeemRunsTests(ITestOutputHelper output)
{
    private static readonly int Runs = int.Parse(Read("RUNS") ?? "300", CultureInfo.InvariantCulture);
    private static readonly ulong Seed = ulong.Parse(Read("SEED") ?? "20261126", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Wherever_it_is_broken_off_the_browser_that_started_is_signed_in_by_one_transition_and_no_other_is()
    {
        await using var nodes = await RedeemNodes.StartAsync();
        var tally = new RedeemTally();
        for (var run = 0; run < Runs; run++)
        {
            try
            {
                await new RedeemRun(nodes, FuzzRandom.Of(Seed, "redeem", run), tally).RunAsync(run);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"CIBA_REDEEM_SEED={Seed}, run {run}: {exception.Message}"), exception);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CIBA_REDEEM_SEED={Seed}\n{tally}\n{nodes.Store.Redeemed,9:n0}  transitions from approved to redeemed"));
        Assert.Equal(Runs, nodes.Store.Redeemed);

        // The test is worth nothing where nothing was broken off.
        Assert.All(["before a replace", "after a replace", "after the sign-in"], point => Assert.True(tally.Of($"broken off {point}, an exception") > 0, point));
        Assert.True(tally.Of("answers lost, with the sign-in") > 0);
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable($"CIBA_REDEEM_{name}") is { Length: > 0 } value ? value : null;
}
