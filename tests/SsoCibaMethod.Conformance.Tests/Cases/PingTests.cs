using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-53 for the whole handler: what a right ping does, when it does nothing, and that polling behind it loses none (CIBA Core §10.2).</summary>
[Trait("Spec", "K-53")]
public class PingTests
{
    [Fact]
    [Trait("Spec", "C-82")]
    [Trait("Spec", "C-83")]
    public async Task A_ping_is_answered_with_204_and_brings_the_next_poll_at_once()
    {
        await using var run = await StartAsync();
        run.Op.Poll = (_, _) => Task.FromResult(run.Op.Tokens());
        _ = await run.BeginAsync();
        await run.Host.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(HttpStatusCode.NoContent, (await Notification.Ping(run.Op).SendAsync(run.Host)).Status);

        await run.Host.SettleAsync();
        Assert.Equal("approved", await run.StateAsync());
        Assert.Equal(3, Assert.Single(run.Op.PollTimes), tolerance: 0.021);
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    [Fact]
    [Trait("Spec", "C-88")]
    public async Task A_ping_proves_nothing_by_itself()
    {
        await using var run = await StartAsync();
        _ = await run.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await Notification.Ping(run.Op).SendAsync(run.Host)).Status);

        await run.Host.SettleAsync();
        Assert.Equal("waiting", await run.StateAsync());
        Assert.Null(await run.SubjectAsync());
    }

    [Fact]
    [Trait("Spec", "C-84")]
    public async Task A_lost_ping_loses_nothing_for_slow_polls_go_on_behind_it()
    {
        await using var run = await StartAsync();
        run.Op.Poll = (number, _) => Task.FromResult(number == 3 ? run.Op.Tokens() : CaseOp.Error("authorization_pending"));
        _ = await run.BeginAsync();

        Assert.Equal("approved", await run.EndAsync());
        Assert.All(run.Op.PollTimes.Zip([30.0, 60, 90]), pair => Assert.InRange(pair.First, pair.Second, pair.Second + 0.021));
    }

    [Fact]
    [Trait("Spec", "C-85")]
    public async Task A_second_ping_is_answered_like_the_first_and_does_nothing()
    {
        await using var run = await StartAsync();
        run.Op.Poll = (_, _) => Task.FromResult(run.Op.Tokens());
        _ = await run.BeginAsync();

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await Notification.Ping(run.Op).SendAsync(run.Host)).Status);
            await run.Host.SettleAsync();
        }

        Assert.Single(run.Op.PollTimes);
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await Notification.Ping(run.Op).SendAsync(run.Host)).Status);
        Assert.Empty(await run.CallsFromNowOnAsync());
    }

    [Theory]
    [InlineData("declined")]
    [InlineData("expired")]
    [InlineData("cancelled")]
    [Trait("Spec", "C-85")]
    public async Task A_late_ping_is_answered_with_204_and_does_nothing(string state)
    {
        await using var run = await StartAsync();
        run.Op.Poll = (_, _) => Task.FromResult(CaseOp.Error(state == "declined" ? "access_denied" : "authorization_pending"));
        var page = await run.BeginAsync();
        if (state == "cancelled")
        {
            _ = await run.Host.Browser.SubmitAsync(page);
        }

        Assert.Equal(state, await run.EndAsync());
        var polls = run.Op.PollTimes.Count();

        Assert.Equal(HttpStatusCode.NoContent, (await Notification.Ping(run.Op).SendAsync(run.Host)).Status);
        Assert.Empty(await run.CallsFromNowOnAsync());
        Assert.Equal(polls, run.Op.PollTimes.Count());
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_ping_before_the_acknowledgement_is_stored_is_not_lost()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var run = await StartAsync();
        run.Op.BeforeAcknowledgement = () => go.Task;
        run.Op.Poll = (_, _) => Task.FromResult(run.Op.Tokens());
        var begun = run.BeginAsync();
        await run.Host.UntilAsync(() => run.Op.Count("/backchannel") == 1);

        var ping = Notification.Ping(run.Op).SendAsync(run.Host);
        go.SetResult();
        _ = await begun;

        Assert.Equal(HttpStatusCode.NoContent, (await ping).Status);
        await run.Host.UntilAsync(() => run.Op.PollTimes.Any());
        await run.Host.SettleAsync();
        Assert.Equal(0, Assert.Single(run.Op.PollTimes), tolerance: 0.021);
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_ping_long_before_the_acknowledgement_is_answered_after_5_seconds_and_kept()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = new HostClock();
        await using var run = await CaseHost.StartAsync("ping", op => op.BeforeAcknowledgement = () => go.Task, clock.Watch);
        run.Op.Poll = (_, _) => Task.FromResult(run.Op.Tokens());
        var begun = run.BeginAsync();
        await run.Host.UntilAsync(() => run.Op.Count("/backchannel") == 1);

        // The page of the browser waits 5 seconds, too.
        var call = Notification.Ping(run.Op).SendAsync(run.Host);
        await run.Host.UntilAsync(() => clock.TimersOf(TimeSpan.FromSeconds(5)) >= 2);
        run.Host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.NoContent, (await call).Status);
        _ = await begun;
        go.SetResult();

        await run.Host.UntilAsync(() => run.Host.Log.Lines.Any(line => line.Id.Name == "LoginApproved"));
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
        Assert.Equal(0, Assert.Single(run.Op.PollTimes), tolerance: 0.021);
    }

    [Fact]
    public async Task The_token_of_another_method_opens_nothing()
    {
        var other = new CaseOp(new Testing.ManualTimeProvider());
        await using var run = await StartAsync(services: services => services.AddAuthentication().AddCibaAuthentication("Other", options =>
        {
            options.Authority = CaseOp.Issuer;
            options.ClientId = ClientMaterial.ClientId;
            options.ClientSecret = "secret";
            options.TokenDeliveryMode = Client.TokenDeliveryMode.Ping;
            options.BackchannelHttpHandler = other;
        }));
        _ = await run.BeginAsync();
        var ping = Notification.Ping(run.Op);
        ping.Address = "https://app.example/signin-other/notification";

        Assert.Equal(HttpStatusCode.Unauthorized, (await ping.SendAsync(run.Host)).Status);
        await run.Host.SettleAsync();
        Assert.Empty(run.Op.PollTimes);
        other.Dispose();
    }

    [Fact]
    [Trait("Spec", "C-81")]
    public async Task A_token_opens_its_own_request_only_though_both_are_of_one_client()
    {
        var ids = 0;
        await using var run = await StartAsync(op => op.Acknowledge = () => CaseOp.Json(new JsonObject { ["auth_req_id"] = $"id-{++ids}", ["expires_in"] = 300 }));
        _ = await run.BeginAsync();
        var first = Notification.TokenOf(run.Op);
        _ = await run.BeginAsync();
        var ping = Notification.Ping(run.Op, "id-2");
        Assert.NotEqual(first, ping.Token);
        ping.Token = first;

        Assert.Equal(HttpStatusCode.Unauthorized, (await ping.SendAsync(run.Host)).Status);
        await run.Host.SettleAsync();
        Assert.Empty(run.Op.PollTimes);
    }

    [Fact]
    public async Task Where_the_client_polls_there_is_no_such_endpoint()
    {
        await using var run = await CaseHost.StartAsync();
        _ = await run.BeginAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await new Notification { Token = "x", Body = "{}" }.SendAsync(run.Host)).Status);
        Assert.DoesNotContain("client_notification_token", run.Op.Request.Keys);
    }

    private static Task<CaseHost> StartAsync(Action<CaseOp>? op = null, Action<IServiceCollection>? services = null) => CaseHost.StartAsync("ping", op, services);
}
