using System.Globalization;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests.Nodes;

/// <summary>Nodes and a database that die while people wait: their logins go on. More logins than the few of a usual run by the environment variable CIBA_FARM_LOGINS.</summary>
[Trait("Spec", "C-63")]
public class FarmTests
{
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(15);

    private static readonly int Logins = int.Parse(Environment.GetEnvironmentVariable("CIBA_FARM_LOGINS") ?? "60", CultureInfo.InvariantCulture);

    [FarmFact]
    public async Task A_node_that_is_killed_leaves_its_logins_to_the_others_and_no_poll_overlaps()
    {
        await using var farm = await Farm.StartAsync();
        var logins = (await farm.BeginAsync(farm.Nodes[0], Logins / 3)).ToList();
        var dead = await farm.OwnerAsync();
        logins.AddRange(await farm.BeginAsync(farm.Nodes[1], Logins / 3));
        logins.AddRange(await farm.BeginAsync(farm.Nodes[2], Logins / 3));

        await farm.Nodes[0].KillAsync();
        var killed = TimeProvider.System.GetTimestamp();
        while (await farm.CountAsync($"select count(*) from ciba.logins where owner = '{dead}'") > 0)
        {
            await Task.Yield();
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(killed), TimeSpan.Zero, TakenOverWithin);
        farm.ApproveAll();
        await AllEndAsync(farm, logins, farm.Nodes[1]);
    }

    [FarmFact]
    public async Task A_node_that_is_stopped_hands_its_logins_over_and_none_is_lost()
    {
        await using var farm = await Farm.StartAsync();
        var logins = await farm.BeginAsync(farm.Nodes[0], Logins / 3);

        await farm.Nodes[0].StopAsync();
        farm.ApproveAll();

        Assert.Equal(0, await AllEndAsync(farm, logins, farm.Nodes[2]));
    }

    [FarmFact]
    public async Task A_database_that_goes_and_comes_back_loses_nothing()
    {
        await using var farm = await Farm.StartAsync();
        var logins = await farm.BeginAsync(farm.Nodes[0], Logins / 3);

        await farm.Database.StopAsync();
        var page = await logins[0].LookAsync(farm.Nodes[1]);
        Assert.Equal((500, "That did not work"), ((int)page.Status, page.Title));
        farm.ApproveAll();
        await farm.Database.RestartAsync();

        Assert.Equal(0, await AllEndAsync(farm, logins, farm.Nodes[1]));
    }

    // The success that was on the wire when its node died is the only one that may be lost.
    private static async Task<int> AllEndAsync(Farm farm, IReadOnlyList<FarmLogin> logins, FarmNode node)
    {
        var ends = await Task.WhenAll(logins.Select(login => login.EndAsync(node)));
        var signedIn = ends.Count(page => page.Address.AbsolutePath == "/me");
        var lost = ends.Count(page => page.Notice?.StartsWith("Your approval was lost", StringComparison.Ordinal) == true);

        Assert.True(signedIn + lost == logins.Count, string.Join('\n', ends.Select(page => page.Notice).Distinct()) + node.Output);
        Assert.Equal(signedIn, await farm.CountAsync("select count(*) from ciba.logins where state = 4"));
        Assert.Equal((0, 0), (farm.Op.Counters.OverlappingPolls, farm.Op.Counters.EarlyPolls));
        return lost;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FarmFactAttribute : FactAttribute
    {
        public FarmFactAttribute() => Skip = RequiredPart.ReasonToSkip(PrivatePostgreSql.Programs);
    }
}
