using System.Diagnostics.Metrics;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Diagnostics;

/// <summary>What is counted of the logins, by method. No tag has room for a user, an id or a network address, so each has few values.</summary>
internal sealed class CibaMetrics : IDisposable
{
    public const string MeterName = "SsoCibaMethod";

    private const string Method = "ciba.method";

    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly Meter _meter;
    private readonly Counter<long> _starts;
    private readonly Counter<long> _outcomes;
    private readonly Histogram<double> _timeToApprove;
    private readonly Counter<long> _polls;
    private readonly Counter<long> _slowDowns;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _securityEvents;

    public CibaMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _starts = _meter.CreateCounter<long>("ciba.login.starts", "{login}", "Logins that were started.");
        _outcomes = _meter.CreateCounter<long>("ciba.login.outcomes", "{login}", "Logins that came to an end, by how, and by the text the user reads.");
        _timeToApprove = _meter.CreateHistogram(
            "ciba.login.time_to_approve",
            "s",
            "From the request to the OP until its tokens were there.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900] });
        _polls = _meter.CreateCounter<long>("ciba.polls", "{poll}", "Polls, by answer.");
        _slowDowns = _meter.CreateCounter<long>("ciba.slow_downs", "{answer}", "Answers by which an OP asked to be polled less often.");
        _limits = _meter.CreateCounter<long>("ciba.limits.hit", "{login}", "Logins that a limit refused.");
        _securityEvents = _meter.CreateCounter<long>("ciba.security_events", "{event}", "Bursts that look like an attack.");
    }

    public void Started(string method) => _starts.Add(1, new KeyValuePair<string, object?>(Method, method));

    /// <param name="method">The method.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="code">The key of the text that tells the user; <see langword="null"/> where none of ours is shown.</param>
    public void Ended(string method, string outcome, string? code)
    {
        if (code is null)
        {
            _outcomes.Add(1, new(Method, method), new("ciba.outcome", outcome));
        }
        else
        {
            _outcomes.Add(1, new(Method, method), new("ciba.outcome", outcome), new("ciba.code", code));
        }
    }

    public void Approved(string method, TimeSpan after) => _timeToApprove.Record(after.TotalSeconds, new KeyValuePair<string, object?>(Method, method));

    /// <summary>Counts a poll; where nobody listens it costs a look at a flag.</summary>
    public void Polled(string method, TokenResponse answer)
    {
        if (_polls.Enabled)
        {
            _polls.Add(1, new(Method, method), new("ciba.answer", NameOf(answer)));
        }

        if (answer is TokenResponse.SlowDown)
        {
            _slowDowns.Add(1, new KeyValuePair<string, object?>(Method, method));
        }
    }

    public void Limited(string method, string limit, string reason) => _limits.Add(1, new(Method, method), new("ciba.limit", limit), new("ciba.reason", reason));

    public void SecurityEvent(string method, string name) => _securityEvents.Add(1, new(Method, method), new("ciba.event", name));

    /// <summary>Shows how many logins this node works for, counted when somebody looks: after a crash or a take-over it is right at once.</summary>
    public void ShowPending(Func<IEnumerable<KeyValuePair<string, int>>> count) => _ = _meter.CreateObservableUpDownCounter<int>(
        "ciba.login.pending",
        () => Measure(count().ToDictionary(StringComparer.Ordinal)),
        "{login}",
        "Logins that wait, of those this node polls for.");

    public void Dispose() => _meter.Dispose();

    // Where nobody waits any more that is shown too: else a chart goes on with the last number.
    private List<Measurement<int>> Measure(Dictionary<string, int> pending)
    {
        lock (_shown)
        {
            _shown.UnionWith(pending.Keys);
            return [.. _shown.Select(method => new Measurement<int>(pending.GetValueOrDefault(method), new KeyValuePair<string, object?>(Method, method)))];
        }
    }

    // The OP's own word for an error would be one value more for each that comes to its mind.
    public static string NameOf(TokenResponse answer) => answer switch
    {
        TokenResponse.Pending => "authorization_pending",
        TokenResponse.SlowDown => "slow_down",
        TokenResponse.Granted => "tokens",
        TokenResponse.Refused => "error",
        TokenResponse.Unavailable => "unavailable",
        TokenResponse.ProtocolFault => "protocol_fault",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
