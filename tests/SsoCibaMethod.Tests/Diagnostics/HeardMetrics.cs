using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>Hears what one host counts, and not what the tests beside do.</summary>
internal sealed class HeardMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _heard = new();

    public HeardMetrics(CibaTestHost host)
        : this(host.Services.GetRequiredService<IMeterFactory>())
    {
    }

    public HeardMetrics(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Meter.Name == "SsoCibaMethod")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What was counted, as "name value tags".</summary>
    public IReadOnlyCollection<string> Heard => _heard;

    public void Look() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Hear(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _heard.Enqueue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
}
