using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>The simulator in the hands of a test.</summary>
public sealed class ScriptingTests : IDisposable
{
    private readonly SimulatorHost _op = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    public async Task A_request_is_awaited_whether_it_has_arrived_or_not()
    {
        var coming = _op.Simulator.WaitForRequestAsync("alice");
        Assert.False(coming.IsCompleted);
        var id = await _op.AskedAsync(("binding_message", "W4SCT"), ("requested_expiry", "60"), ("acr_values", "loa3 loa2"));

        var request = await coming;

        Assert.Equal(id, request.AuthReqId);
        Assert.Equal("W4SCT", request.BindingMessage);
        Assert.Equal(60, request.RequestedExpiry);
        Assert.Equal(["loa3", "loa2"], request.AcrValues);
        Assert.Equal(id, (await _op.Simulator.WaitForRequestAsync("ALICE")).AuthReqId);
    }

    [Fact]
    public async Task A_wait_can_be_given_up()
    {
        using var enough = new CancellationTokenSource();
        var coming = _op.Simulator.WaitForRequestAsync("alice", enough.Token);
        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => coming);
    }

    [Fact]
    public async Task What_becomes_of_the_next_requests_can_be_said_before()
    {
        _op.Simulator.DecideNextFor("alice", CibaSimulatorDecision.Decline);
        _op.Simulator.ApproveNextFor("alice");
        _op.Simulator.Options.DecideOnArrival = request => request.LoginHint == "alice" ? CibaSimulatorDecision.Expire : null;

        for (var request = 0; request < 3; request++)
        {
            await _op.AskedAsync();
        }

        await _op.AskedAsync(("login_hint", "alice@example.com"));
        Assert.Equal(
            [CibaSimulatorState.Declined, CibaSimulatorState.Approved, CibaSimulatorState.Expired, CibaSimulatorState.Pending],
            _op.Simulator.Requests.Select(request => request.State));
    }

    [Fact]
    public async Task Old_requests_are_forgotten_and_their_counters_kept()
    {
        await _op.PollAsync(await _op.AskedAsync());
        _op.Clock.Advance(TimeSpan.FromHours(2));
        await _op.AskedAsync();

        Assert.Single(_op.Simulator.Requests);
        Assert.Equal(1, _op.Simulator.Counters.Polls);
        Assert.Equal(2, _op.Simulator.Acknowledged);
    }

    [Fact]
    public async Task Every_endpoint_is_open_to_everybody()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Services.AddCibaSimulator();
        await using var app = builder.Build();

        app.MapCibaSimulator("/idp");

        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == "/idp/token");
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<IAllowAnonymous>()));
    }

    [Fact]
    public async Task Mapping_without_the_services_names_the_cure()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();

        Assert.Contains("AddCibaSimulator", Assert.Throws<InvalidOperationException>(() => app.MapCibaSimulator()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "RS256")]
    [InlineData("client_secret_basic", "none")]
    public void A_client_can_only_register_what_the_simulator_can_do(string method, string algorithm) =>
        Assert.Throws<ArgumentException>(() => new CibaSimulatorClient("x") { AuthenticationMethod = method, IdTokenSigningAlg = algorithm });
}
