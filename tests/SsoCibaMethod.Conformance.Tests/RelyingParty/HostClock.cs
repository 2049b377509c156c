using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The application's clock, apart from the OP's: its wall time can be set, and it counts the timers of a length, by which a test knows that something waits.</summary>
internal sealed class HostClock : TimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, int> _set = new();

    private TimeProvider? _clock;

    /// <summary>How far the wall time is ahead; the time that passes stays what it is.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => _clock!.TimestampFrequency;

    /// <summary>Puts itself before the clock of the application.</summary>
    public void Watch(IServiceCollection services)
    {
        _clock = (TimeProvider)services.Last(service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
        _ = services.AddSingleton<TimeProvider>(this);
    }

    /// <summary>How many timers of this length were set.</summary>
    public int TimersOf(TimeSpan length) => _set.GetValueOrDefault(length);

    public override DateTimeOffset GetUtcNow() => _clock!.GetUtcNow() + Ahead;

    public override long GetTimestamp() => _clock!.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _clock!.CreateTimer(callback, state, dueTime, period);
        _ = _set.AddOrUpdate(dueTime, 1, (_, count) => count + 1);
        return timer;
    }
}
