using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What a program sees of the client from outside, and what it must not see.</summary>
public sealed class TelemetryTests : IDisposable
{
    private const string Name = "SsoCibaMethod.Client";
    private const string ClientId = "client-of-the-telemetry-tests";

    private readonly Stage _stage = new()
    {
        Settings = new CibaClientSettings { ClientId = ClientId, Authentication = new ClientSecretPost(TestKeys.Secret), IdTokenSigningAlgorithms = ["PS256"] },
    };

    [Fact]
    public async Task Each_request_is_a_span_and_a_count_by_its_outcome_and_tells_nothing_of_the_user()
    {
        var spans = new ConcurrentQueue<Activity>();
        var counts = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var meter = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counts.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        meter.Start();

        _ = await _stage.StartAsync(FakeOp.Json(200, """{"auth_req_id":"the-ticket","expires_in":60}"""));
        _ = await _stage.PollAsync(FakeOp.Json(400, """{"error":"authorization_pending"}"""));
        _ = await _stage.PollAsync(FakeOp.Json(400, """{"error":"access_denied"}"""));

        // Other tests run beside this one.
        var own = spans.Where(span => (string?)span.GetTagItem("ciba.client_id") == ClientId).ToList();
        Assert.Equal(
            [("ciba start", "Acknowledged"), ("ciba poll", "Pending"), ("ciba poll", "AccessDenied")], own.Select(span => (span.OperationName, (string?)span.GetTagItem("ciba.outcome"))));
        Assert.Equal(
            [$"ciba.client.starts 1 {ClientId} Acknowledged", $"ciba.client.polls 1 {ClientId} Pending", $"ciba.client.polls 1 {ClientId} AccessDenied"],
            counts.Where(count => count.Contains(ClientId, StringComparison.Ordinal)));
        Assert.Contains(counts, count => count.StartsWith("ciba.client.key_fetches 1 ", StringComparison.Ordinal) && count.EndsWith(" Usable", StringComparison.Ordinal));
        Assert.DoesNotContain(own.SelectMany(span => span.TagObjects), tag => $"{tag.Value}" is var value
            && (value.Contains("johndoe", StringComparison.Ordinal) || value.Contains("the-ticket", StringComparison.Ordinal) || value.Contains(TestKeys.Secret, StringComparison.Ordinal)));
    }

    public void Dispose() => _stage.Dispose();
}
