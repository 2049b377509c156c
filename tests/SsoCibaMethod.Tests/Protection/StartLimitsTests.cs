using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Diagnostics;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>What a start is counted by, and what becomes of one too many.</summary>
[Trait("Spec", "S-41")]
[Trait("Spec", "S-42")]
public sealed class StartLimitsTests : IDisposable
{
    private static readonly CibaLoginHint Alice = new CibaLoginHint.Plain("alice");
    private static readonly StartSource Stranger = new(IPAddress.Parse("192.0.2.1"), null);

    private readonly ManualTimeProvider _clock = new();
    private readonly CapturedLog _log = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly HeardMetrics _metrics;
    private readonly AddressFence _fence;
    private readonly StartHashes _hashes;
    private readonly PendingLoginService _logins;
    private readonly StartLimits _limits;
    private int _started;

    public StartLimitsTests()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _metrics = new HeardMetrics(factory);
        _fence = new AddressFence(_clock);
        _hashes = new StartHashes(new HintHashKey(Mock.Of<IKeyManager>(), _clock));
        _logins = new PendingLoginService(new InMemoryPendingLoginStore(_clock), new PendingLoginProtector(new EphemeralDataProtectionProvider()), Reports.On(_clock, _log), _clock);
        _limits = new StartLimits(_fence, _hashes, _logins, new CibaMetrics(factory), Reports.Logger(_log));
    }

    [Fact]
    public void A_stranger_s_tries_are_counted_by_their_address_before_anything_is_written()
    {
        var source = Stranger;
        Assert.Null(_limits.OfAddress(Method(perAddress: 1), Alice, ref source));
        Assert.True(source.Passed!.IsAcquired);

        var refusal = _limits.OfAddress(Method(perAddress: 1), Alice, ref source);

        Assert.Equal(("PerAddress", TimeSpan.FromMinutes(5)), (refusal!.Limit, refusal.RetryIn));
        Assert.Null(source.Passed);
    }

    [Fact]
    public void A_known_browser_s_are_not()
    {
        var source = Known("alice");

        Assert.All(Enumerable.Range(0, 3), _ => Assert.Null(_limits.OfAddress(Method(perAddress: 1), Alice, ref source)));
        Assert.Null(source.Passed);
    }

    [Fact]
    public void A_stranger_s_start_counts_by_hint_and_by_address() => Assert.Equal(
        new StartCounts(
            _hashes.OfHint("Ciba", Alice),
            new StartLimit("PerHint", 3, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)),
            _hashes.OfNetwork("Ciba", IPAddress.Parse("192.0.2.1")),
            StartLimit.OfWindow("PerAddress", 10, TimeSpan.FromMinutes(5))),
        _limits.Of(Method(), Alice, Stranger));

    [Fact]
    public void One_that_came_by_no_network_counts_by_hint_alone() => Assert.Equal(
        new StartCounts(_hashes.OfHint("Ciba", Alice), new StartLimit("PerHint", 3, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1))),
        _limits.Of(Method(), Alice, new StartSource(null, null)));

    [Fact]
    public void One_of_a_known_browser_counts_by_the_browser_alone_and_with_another_hint_it_is_a_stranger()
    {
        var known = Known("alice");

        Assert.Equal(
            new StartCounts(_hashes.OfBrowser("Ciba", known.Browser!.Id, Alice), new StartLimit("PerBrowser", 5, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1))),
            _limits.Of(Method(), Alice, known));
        Assert.Equal("PerHint", _limits.Of(Method(), new CibaLoginHint.Plain("bob"), known).Hint!.Name);
    }

    [Fact]
    public async Task Without_limits_nothing_counts_and_nothing_is_refused()
    {
        var method = Method(isEnabled: false);
        var counts = _limits.Of(method, Alice, Stranger);

        Assert.Equal(new StartCounts(), counts);
        Assert.Null(await _limits.RefusalAsync(await StartAsync(counts), counts, Stranger));
    }

    [Fact]
    public async Task One_too_many_with_a_hint_is_ended_told_and_still_counts_for_its_address()
    {
        var counts = _limits.Of(Method(), Alice, Stranger);
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await _limits.RefusalAsync(await StartAsync(counts), counts, Stranger));
        }

        var login = await StartAsync(counts);
        var refusal = await _limits.RefusalAsync(login, counts, Stranger);

        // The three wait for two minutes yet.
        Assert.Equal(new StartRefusal("PerHint", StartRefusalReason.Waiting, TimeSpan.FromMinutes(2)), refusal);
        var refused = (await _logins.FindAsync(login.Id, default))!;
        Assert.Equal(
            (PendingLoginState.Failed, 0L, counts.AddressHash, "TOO_MANY_TRIES", _clock.GetUtcNow().AddMinutes(2)),
            (refused.State, refused.HintHash, refused.AddressHash, refused.Details.MessageKey!, refused.Details.RetryAt!.Value));
        var line = Assert.Single(_log.Lines, line => line.Id.Name == "StartRefused");
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.All(["ref-4", "StartLimits:PerHint", "Waiting", "120"], word => Assert.Contains(word, line.Text, StringComparison.Ordinal));
        var heard = Assert.Single(_metrics.Heard);
        Assert.All(["ciba.limits.hit 1", "Ciba", "PerHint", "Waiting"], word => Assert.Contains(word, heard, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_too_many_from_an_address_counts_for_neither_and_the_node_s_fence_lets_no_more_through_meanwhile()
    {
        var method = Method(perAddress: 1);
        var counts = _limits.Of(method, Alice, Stranger);
        Assert.Null(await _limits.RefusalAsync(await StartAsync(counts), counts, Stranger));
        _clock.Advance(TimeSpan.FromMinutes(1));
        var source = Stranger;
        Assert.Null(_limits.OfAddress(method, Alice, ref source));

        var login = await StartAsync(counts);
        var refusal = await _limits.RefusalAsync(login, counts, source);

        Assert.Equal(new StartRefusal("PerAddress", StartRefusalReason.Started, TimeSpan.FromMinutes(4)), refusal);
        var refused = (await _logins.FindAsync(login.Id, default))!;
        Assert.Equal((PendingLoginState.Failed, 0L, 0L), (refused.State, refused.HintHash, refused.AddressHash));
        Assert.Equal(TimeSpan.FromMinutes(4), _limits.OfAddress(method, Alice, ref source)!.RetryIn);
    }

    [Fact]
    public async Task A_known_browser_is_not_held_back_by_what_strangers_started()
    {
        var strangers = _limits.Of(Method(), Alice, Stranger);
        for (var i = 0; i < 4; i++)
        {
            _ = await _limits.RefusalAsync(await StartAsync(strangers), strangers, Stranger);
        }

        var known = Known("alice");
        var counts = _limits.Of(Method(), Alice, known);

        Assert.Null(await _limits.RefusalAsync(await StartAsync(counts), counts, known));
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _fence.Dispose();
        _services.Dispose();
    }

    private StartSource Known(string hint) => new(IPAddress.Parse("192.0.2.1"), KnownBrowser.New().With(new CibaLoginHint.Plain(hint), _clock.GetUtcNow()));

    private async Task<PendingLogin> StartAsync(StartCounts counts)
    {
        var number = ++_started;
        var login = new PendingLogin
        {
            Id = $"id-{number}",
            Method = "Ciba",
            Version = 1,
            State = PendingLoginState.Starting,
            Owner = "node",
            Deadline = _clock.GetUtcNow().AddMinutes(2),
            StartedAt = _clock.GetUtcNow(),
            HintHash = counts.HintHash,
            AddressHash = counts.AddressHash,
            Details = new PendingLoginDetails { Reference = $"ref-{number}", LoginHint = "alice", BindingCode = "BCDFGH", Properties = [], CountedFor = TimeSpan.FromMinutes(15) },
        };
        Assert.True(await _logins.CreateAsync(login, default));
        return login;
    }

    private static CibaMethod Method(int perAddress = 10, bool isEnabled = true)
    {
        var options = new CibaOptions();
        options.StartLimits.PerAddress = perAddress;
        options.StartLimits.Enabled = isEnabled;
        return CibaMethod.SwitchedOff("Ciba", options, []);
    }
}
