using System.Net;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>What becomes of a notification that is refused or arrives nowhere, and of one that a test has misdelivered.</summary>
public sealed class NotificationDeliveryTests : NotifiedClients
{
    [Theory]
    [Trait("Spec", "C-84")]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_refusal_is_written_down_and_not_repeated(HttpStatusCode status)
    {
        _client.Answer = status;
        _op.Simulator.ApproveNextFor("alice");

        var request = await NotifiedAsync(await AskedAsync("push"));

        Assert.Equal((int)status, Assert.Single(request.Notifications).Status);
        Assert.Equal(CibaSimulatorState.Approved, request.State);
        Assert.Equal((1, 1), (_op.Simulator.Counters.Notifications, _op.Simulator.Counters.RefusedNotifications));
    }

    [Fact]
    public async Task Nobody_there_is_written_down_too()
    {
        _client.IsDown = true;
        _op.Simulator.ApproveNextFor("alice");

        var notification = Assert.Single((await NotifiedAsync(await AskedAsync("ping"))).Notifications);

        Assert.Null(notification.Status);
        Assert.Equal("HttpRequestException", notification.Failure);
    }

    [Fact]
    public async Task A_client_that_never_answers_is_given_up()
    {
        _client.Busy = new TaskCompletionSource().Task;
        _op.Simulator.ApproveNextFor("alice");
        var id = await AskedAsync("ping");
        while (_client.Received.Count == 0)
        {
            await Task.Yield();
        }

        _op.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(Assert.Single((await NotifiedAsync(id)).Notifications).Status);
    }

    [Theory]
    [Trait("Spec", "K-37")]
    [InlineData(CibaSimulatorMisdelivery.WrongBearer, Token + "1", true)]
    [InlineData(CibaSimulatorMisdelivery.WrongAuthReqId, Token, false)]
    public async Task A_test_can_have_it_misdelivered(CibaSimulatorMisdelivery misdelivery, string bearer, bool rightId)
    {
        _op.Simulator.MisdeliverNext(misdelivery);
        _op.Simulator.ApproveNextFor("alice");

        var id = await AskedAsync("ping");
        await NotifiedAsync(id);

        var ping = Assert.Single(_client.Received);
        Assert.Equal($"Bearer {bearer}", ping.Authorization);
        Assert.Equal(rightId, ping.Text("auth_req_id") == id);
    }

    [Fact]
    [Trait("Spec", "C-85")]
    public async Task A_test_can_have_it_delivered_twice()
    {
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.Duplicate);
        _op.Simulator.ApproveNextFor("alice");

        await NotifiedAsync(await AskedAsync("push"), times: 2);

        Assert.Equal(_client.Received[0].Body.GetRawText(), _client.Received[1].Body.GetRawText());
    }

    [Fact]
    [Trait("Spec", "C-85")]
    public async Task A_test_can_have_it_delivered_late()
    {
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.Late);
        _op.Simulator.ApproveNextFor("alice");
        var id = await AskedAsync("ping");
        await PollAsync("ping", id);
        Assert.Empty(_client.Received);

        // Until the sender has come as far as to wait, there is nothing to release.
        while (_client.Received.Count == 0)
        {
            _op.Simulator.ReleaseNotifications();
            await Task.Yield();
        }

        Assert.True(Assert.Single((await NotifiedAsync(id)).Notifications).IsAccepted);
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task A_test_can_have_it_delivered_before_the_acknowledgement()
    {
        var answered = new TaskCompletionSource();
        _client.Busy = answered.Task;
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.BeforeAcknowledgement);

        var asking = AskAsync("push");
        while (_client.Received.Count == 0)
        {
            await Task.Yield();
        }

        Assert.False(asking.IsCompleted);
        answered.SetResult();
        Assert.Equal(_client.Received[0].Text("auth_req_id"), (await asking).Text("auth_req_id"));
    }

    [Fact]
    [Trait("Spec", "C-87")]
    public async Task An_acknowledgement_that_is_overtaken_waits_no_longer_than_told()
    {
        _client.Busy = new TaskCompletionSource().Task;
        _op.Simulator.Options.AcknowledgementDelay = TimeSpan.FromSeconds(6);
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.BeforeAcknowledgement);
        var asking = AskAsync("ping");
        while (_op.Clock.ActiveTimers < 2)
        {
            await Task.Yield();
        }

        _op.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Null((await asking).Error);
    }

    [Fact]
    [Trait("Spec", "C-83")]
    public async Task A_test_can_have_it_lost()
    {
        _op.Simulator.MisdeliverNext(CibaSimulatorMisdelivery.Never);
        _op.Simulator.ApproveNextFor("alice");
        _op.Simulator.ApproveNextFor("alice");

        await AskedAsync("ping");
        var second = await AskedAsync("ping");
        await NotifiedAsync(second);

        Assert.Equal(second, Assert.Single(_client.Received).Text("auth_req_id"));
        Assert.Equal(1, _op.Simulator.Counters.Notifications);
    }
}
