using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>What operators read is what the code does.</summary>
public partial class OperationsDocumentationTests
{
    private static readonly string Page = Repository.Read("docs", "operations.md");

    [Fact]
    public void Every_log_event_is_explained_with_its_level_and_none_is_invented()
    {
        var events = new[] { typeof(CibaLog), typeof(PostgreSqlStoreOptions).Assembly.GetType("SsoCibaMethod.PostgreSql.Log", throwOnError: true)! }
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .OrderBy(message => message.EventId)
            .Select(message => $"{message.EventId} {message.EventName} {message.Level}");

        Assert.Equal(events, Rows().Where(row => row[0].All(char.IsAsciiDigit) && row[3].Length > 0).Select(row => $"{row[0]} {row[1].Trim('`')} {row[2]}"));
    }

    [Fact]
    public void Every_metric_is_explained_with_its_kind_and_none_is_invented()
    {
        var explained = Rows().Where(row => row[0].StartsWith("`ciba.", StringComparison.Ordinal) && row[3].Length > 0).Select(row => $"{row[0].Trim('`')} {row[1].Split(',')[0]}").Order(StringComparer.Ordinal);

        Assert.Equal(Instruments().Select(instrument => $"{instrument.Name} {KindOf(instrument)}").Order(StringComparer.Ordinal), explained);
    }

    [Fact]
    public void The_dashboard_shows_every_metric_and_none_that_is_not_there()
    {
        using var dashboard = JsonDocument.Parse(Repository.Read("docs", "dashboard.json"));
        var shown = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => PrometheusName().Matches(target.GetProperty("expr").GetString()!).Select(match => match.Value[..^1]))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        Assert.Equal(Instruments().Select(NameAtPrometheus).Order(StringComparer.Ordinal), shown);
    }

    private static IEnumerable<string[]> Rows() => Page.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).Where(row => row.Length == 4);

    private static List<Instrument> Instruments()
    {
        RuntimeHelpers.RunClassConstructor(typeof(Client.CibaClient).Assembly.GetType("SsoCibaMethod.Client.ClientTelemetry", throwOnError: true)!.TypeHandle);
        using var metrics = new CibaMetrics();
        metrics.ShowPending(() => []);
        var instruments = new Dictionary<string, Instrument>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name is "SsoCibaMethod" or "SsoCibaMethod.Client")
            {
                instruments[instrument.Name] = instrument;
            }
        };
        listener.Start();
        return [.. instruments.Values];
    }

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        ObservableUpDownCounter<int> => "up-down counter",
        _ => instrument.GetType().Name,
    };

    // As the exporters of OpenTelemetry write it: what stands in braces is no unit.
    private static string NameAtPrometheus(Instrument instrument) => instrument.Name.Replace('.', '_') + instrument switch
    {
        Counter<long> => "_total",
        Histogram<double> => "_seconds_bucket",
        _ => "",
    };

    // Names of labels have no brace behind them.
    [GeneratedRegex(@"\bciba_\w+[{\[]", RegexOptions.NonBacktracking)]
    private static partial Regex PrometheusName();
}
