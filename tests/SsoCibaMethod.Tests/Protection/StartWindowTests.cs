using System.Threading.RateLimiting;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>A window that slides with each start, by the host's clock.</summary>
[Trait("Spec", "S-41")]
public sealed class StartWindowTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new();
    private readonly StartWindow _window;
    private int _disposals;

    public StartWindowTests() => _window = new StartWindow(2, Minute, _clock, () => _disposals++);

    [Fact]
    public void Two_pass_and_the_third_when_the_first_is_a_window_old()
    {
        Assert.Equal((true, null), Outcome(Try()));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((true, null), Outcome(Try()));
        Assert.Equal((false, TimeSpan.FromSeconds(40)), Outcome(Try()));

        _clock.Advance(TimeSpan.FromSeconds(40) - TimeSpan.FromTicks(1));
        Assert.Equal((false, TimeSpan.FromTicks(1)), Outcome(Try()));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((true, null), Outcome(Try()));
        Assert.Equal((false, TimeSpan.FromSeconds(20)), Outcome(Try()));
    }

    [Fact]
    public void A_try_that_does_not_pass_is_not_counted()
    {
        Fill();
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(Try().IsAcquired);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(Try().IsAcquired);
    }

    [Fact]
    public void As_many_as_are_asked_for_are_counted()
    {
        Assert.True(Try(0).IsAcquired);
        Assert.True(Try(2).IsAcquired);
        Assert.False(Try().IsAcquired);
    }

    [Fact]
    public void What_was_taken_back_makes_room_once()
    {
        var first = Try();
        _ = Try();
        first.TakeBack();
        Assert.True(Try().IsAcquired);

        Assert.False(Try().IsAcquired);
    }

    [Fact]
    public void What_others_refused_is_refused_for_as_long_and_counted_no_longer()
    {
        Try().Refuse(TimeSpan.FromSeconds(10));
        Assert.Equal((false, TimeSpan.FromSeconds(10)), Outcome(Try()));

        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.Equal((false, TimeSpan.FromTicks(1)), Outcome(Try()));

        _clock.Advance(TimeSpan.FromTicks(1));
        Fill();
        Assert.Equal((false, Minute), Outcome(Try()));
    }

    [Theory]
    [InlineData(10, 50)]
    [InlineData(55, 55)]
    public void Of_two_reasons_to_wait_the_longer_one_is_told(int refusedForSeconds, int waitSeconds)
    {
        var others = Try();
        others.TakeBack();
        _clock.Advance(TimeSpan.FromTicks(1));
        Fill();
        _clock.Advance(TimeSpan.FromSeconds(10));
        others.Refuse(TimeSpan.FromSeconds(refusedForSeconds));

        Assert.Equal(TimeSpan.FromSeconds(waitSeconds), Try().RetryAfter);
    }

    [Fact]
    public void It_is_idle_since_its_last_start_once_nothing_is_counted_or_refused()
    {
        Assert.Equal(TimeSpan.Zero, _window.IdleDuration);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), _window.IdleDuration);

        _ = Try();
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(_window.IdleDuration);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Minute, _window.IdleDuration);
    }

    [Fact]
    public void It_is_not_idle_while_it_refuses()
    {
        Try().Refuse(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(_window.IdleDuration);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(10), _window.IdleDuration);
    }

    [Fact]
    public async Task Who_would_wait_for_a_place_is_answered_at_once()
    {
        Fill();

        using var lease = await _window.AcquireAsync();

        Assert.False(lease.IsAcquired);
    }

    [Fact]
    public void A_try_has_no_more_to_tell_than_when_to_come_again()
    {
        RateLimitLease lease = Try();

        Assert.Empty(lease.MetadataNames);
        Assert.False(lease.TryGetMetadata(MetadataName.RetryAfter.Name, out var metadata));
        Assert.Null(metadata);
    }

    [Fact]
    public void Its_end_is_told_once()
    {
        _window.Dispose();
        Assert.Equal(1, _disposals);

        _window.Dispose();
        Assert.Equal(1, _disposals);
    }

    public void Dispose() => _window.Dispose();

    private static (bool IsAcquired, TimeSpan? RetryAfter) Outcome(StartWindow.Try start) => (start.IsAcquired, start.RetryAfter);

    private StartWindow.Try Try(int count = 1) => (StartWindow.Try)_window.AttemptAcquire(count);

    private void Fill() => _ = Try(2);
}
