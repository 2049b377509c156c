using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SsoCibaMethod.Tests.BadInput;

/// <summary>The host's clock, which tells when a timer of a certain length is set: by this a test knows that a request has parked.</summary>
internal sealed class TimerWatch : TimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _set = new();

    private TimeProvider? _clock;

    public override long TimestampFrequency => _clock!.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Puts itself before the clock of a test host.</summary>
    public void Watch(WebApplicationBuilder builder)
    {
        _clock = (TimeProvider)builder.Services.Last(service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
        builder.Services.AddSingleton<TimeProvider>(this);
    }

    public Task WasSetAsync(TimeSpan length) => Of(length).Task;

    public override DateTimeOffset GetUtcNow() => _clock!.GetUtcNow();

    public override long GetTimestamp() => _clock!.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _clock!.CreateTimer(callback, state, dueTime, period);
        _ = Of(dueTime).TrySetResult();
        return timer;
    }

    private TaskCompletionSource Of(TimeSpan length) => _set.GetOrAdd(length, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
