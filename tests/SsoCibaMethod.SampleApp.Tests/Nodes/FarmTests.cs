using System.Net;
using SsoCibaMethod.Testing;
using Xunit.Abstractions;

namespace SsoCibaMethod.SampleApp.Tests.Nodes;

/// <summary>Nodes, a database and an OP that fail while people wait: their logins go on. <c>tests/faults.sh</c> runs it with more of them, for longer.</summary>
[Trait("Spec", "C-63")]
public class FarmTests(Farm farm, ITestOutputHelper output) : IClassFixture<Farm>, IAsyncLifetime
{
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ApprovedWithin = TimeSpan.FromSeconds(4);

    public Task InitializeAsync() => Task.CompletedTask;

    // Whatever became of one test, the next one finds everything in order.
    public Task DisposeAsync() => farm.MendAsync();

    [FarmFact]
    public async Task A_node_that_is_killed_in_the_middle_of_approvals_leaves_its_logins_to_the_others_and_no_poll_overlaps()
    {
        var logins = (await Farm.BeginAsync(farm.Nodes[0], FarmSize.LoginsOfNode)).ToList();
        var dead = await farm.OwnerAsync();
        var first = farm.Op.Requests;
        logins.AddRange(await Farm.BeginAsync(farm.Nodes[1], FarmSize.LoginsOfNode));
        logins.AddRange(await Farm.BeginAsync(farm.Nodes[2], FarmSize.LoginsOfNode));

        // Half of its users approve, one after the other; it dies when half of them have.
        var waiting = first.Where(request => request.State == Simulator.CibaSimulatorState.Pending).Select(request => request.AuthReqId).ToList();
        var approvals = ApproveAsync(waiting[..(waiting.Count / 2)]);
        await Task.Delay(ApprovedWithin / 2, TimeProvider.System);
        await farm.Nodes[0].KillAsync();
        var killed = TimeProvider.System.GetTimestamp();
        await Until.TrueAsync(async () => await farm.CountAsync($"select count(*) from ciba.logins where state = 2 and owner = '{dead}'") == 0);
        var takenOver = TimeProvider.System.GetElapsedTime(killed);
        await approvals;
        farm.ApproveAll();

        _ = await AllEndAsync("a node killed while its users approve", logins, farm.Nodes[1], takenOver);
        Assert.InRange(takenOver, TimeSpan.Zero, TakenOverWithin);
        Assert.Contains("this node polls for it from here on", farm.Nodes[1].Output + farm.Nodes[2].Output, StringComparison.Ordinal);
    }

    [FarmFact]
    public async Task A_node_that_is_stopped_hands_its_logins_over_and_none_is_lost()
    {
        var logins = await Farm.BeginAsync(farm.Nodes[0], FarmSize.LoginsOfNode);

        await farm.Nodes[0].StopAsync();
        farm.ApproveAll();

        Assert.Equal(0, await AllEndAsync("a node stopped in order", logins, farm.Nodes[2]));
    }

    [FarmFact]
    public async Task A_database_that_goes_and_comes_back_loses_nothing()
    {
        var logins = await Farm.BeginAsync(farm.Nodes[0], FarmSize.LoginsOfNode);

        await farm.Database.StopAsync();
        await WaitingIsKindAsync(logins, farm.Nodes[1]);
        farm.ApproveAll();
        await farm.Database.RestartAsync();

        Assert.Equal(0, await AllEndAsync("the database restarted", logins, farm.Nodes[1]));
    }

    [FarmFact]
    public async Task A_database_that_is_cut_off_without_a_word_loses_nothing_and_the_pages_wait_on()
    {
        var logins = await Farm.BeginAsync(farm.Nodes[0], FarmSize.LoginsOfNode);

        farm.Gate.FallSilent();
        var silent = TimeProvider.System.GetTimestamp();
        await WaitingIsKindAsync(logins, farm.Nodes[1]);
        farm.ApproveAll();
        await Until.TrueAsync(() => TimeProvider.System.GetElapsedTime(silent) >= FarmSize.Outage);
        farm.Gate.Open();

        Assert.Equal(0, await AllEndAsync($"the database cut off for {FarmSize.Outage.TotalSeconds:0} s", logins, farm.Nodes[1]));
        await Until.TrueAsync(() => farm.Nodes.All(node => node.Output.Contains("The store of the pending logins is back", StringComparison.Ordinal))).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [FarmFact]
    public async Task A_database_that_is_slow_makes_people_wait_and_loses_nothing()
    {
        farm.Gate.Delay = TimeSpan.FromSeconds(0.5);
        var logins = await Farm.BeginAsync(farm.Nodes[0], FarmSize.LoginsOfNode);
        farm.ApproveAll();

        Assert.Equal(0, await AllEndAsync("the database slower by 0.5 s an answer", logins, farm.Nodes[1]));
    }

    [FarmFact]
    public async Task An_OP_that_is_out_for_a_while_loses_nothing()
    {
        var logins = await Farm.BeginAsync(farm.Nodes[0], FarmSize.LoginsOfNode);

        farm.IsOpOut = true;
        farm.ApproveAll();
        await Task.Delay(FarmSize.OpOutage, TimeProvider.System);
        Assert.All(await Task.WhenAll(logins.Select(login => login.LookAsync(farm.Nodes[1]))), page => Assert.Equal("Check your phone", page.Title));
        farm.IsOpOut = false;

        Assert.Equal(0, await AllEndAsync($"the OP out for {FarmSize.OpOutage.TotalSeconds:0} s", logins, farm.Nodes[1]));
    }

    private async Task ApproveAsync(IReadOnlyList<string> authReqIds)
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < authReqIds.Count; i++)
        {
            await Until.TrueAsync(() => TimeProvider.System.GetElapsedTime(begun) >= ApprovedWithin * i / authReqIds.Count);
            Assert.True(farm.Op.Approve(authReqIds[i]));
        }
    }

    // The page says so and waits, with the script and without.
    private static async Task WaitingIsKindAsync(IReadOnlyList<FarmLogin> logins, FarmNode node)
    {
        var (look, ask) = (logins[0].LookAsync(node), logins[1].AskStatusAsync(node));
        var page = await look;
        Assert.True(FarmLogin.IsWithoutStore(page), page.Body);
        Assert.Equal("The connection is interrupted. We keep trying.", page.Document.QuerySelector("[data-status]")!.TextContent);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ask).Status);
    }

    // The success that was on the wire when its node died is the only one that may be lost.
    private async Task<int> AllEndAsync(string fault, IReadOnlyList<FarmLogin> logins, FarmNode node, TimeSpan? takenOver = null)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var ends = await Task.WhenAll(logins.Select(login => login.EndAsync(node)));
        var signedIn = ends.Count(page => page.Address.AbsolutePath == "/me");
        var lost = ends.Count(page => page.Notice?.StartsWith("Your approval was lost", StringComparison.Ordinal) == true);
        var (early, overlapping) = (farm.Op.Counters.EarlyPolls, farm.Op.Counters.OverlappingPolls);
        var mostSignIns = farm.MostSignIns(logins);
        output.WriteLine(
            $"| {fault} | {logins.Count} | {signedIn} | {lost} | {(mostSignIns > 1 ? "yes" : "0")} | {takenOver?.TotalSeconds:0.0} | {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} | {early} | {overlapping} |");

        Assert.True(signedIn + lost == logins.Count, string.Join('\n', ends.Select(page => $"{page.Status} {page.Title} {page.Notice}").Distinct()) + farm.Output);
        Assert.Equal(signedIn == 0 ? 0 : 1, mostSignIns);
        Assert.Equal((0, 0), (overlapping, early));
        return lost;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FarmFactAttribute : FactAttribute
    {
        public FarmFactAttribute() => Skip = RequiredPart.ReasonToSkip(PrivatePostgreSql.Programs);
    }
}
