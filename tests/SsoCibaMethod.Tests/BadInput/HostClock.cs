using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SsoCibaMethod.Tests.BadInput;

/// <summary>
/// The application's clock, apart from the OP's: it tells when a timer of a certain length is set, by which a test knows that a request has parked,
/// and it can stand in the past, for days of timers take long to fire.
/// </summary>
internal sealed class HostClock : TimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _set = new();

    private TimeProvider? _clock;

    /// <summary>How far the clock is from the test's.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => _clock!.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Puts itself before the clock of a test host.</summary>
    public void Watch(WebApplicationBuilder builder)
    {
        _clock = (TimeProvider)builder.Services.Last(service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
        builder.Services.AddSingleton<TimeProvider>(this);
    }

    public Task WasSetAsync(TimeSpan length) => Of(length).Task;

    public override DateTimeOffset GetUtcNow() => _clock!.GetUtcNow() + Ahead;

    public override long GetTimestamp() => _clock!.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _clock!.CreateTimer(callback, state, dueTime, period);
        _ = Of(dueTime).TrySetResult();
        return timer;
    }

    private TaskCompletionSource Of(TimeSpan length) => _set.GetOrAdd(length, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
