using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SsoCibaMethod.Client;

/// <summary>
/// What a program sees of the client from outside: a span and a count for each request, by what came of it. Nothing of the user, and no secret, is in them.
/// </summary>
internal static class ClientTelemetry
{
    private const string Name = "SsoCibaMethod.Client";
    private const string Client = "ciba.client_id";
    private const string Outcome = "ciba.outcome";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Starts = Meter.CreateCounter<long>("ciba.client.starts", "{request}", "Backchannel authentication requests, by outcome.");
    private static readonly Counter<long> Polls = Meter.CreateCounter<long>("ciba.client.polls", "{request}", "Token requests, by outcome.");

    /// <summary>A backchannel authentication request (CIBA Core §7.1).</summary>
    public static Task<BackchannelAuthenticationResponse> StartAsync(string clientId, Func<Task<BackchannelAuthenticationResponse>> send) =>
        MeasureAsync("ciba start", Starts, clientId, send, response => response is BackchannelAuthenticationResponse.Refused refused ? refused.Error.Code.ToString() : response.GetType().Name);

    /// <summary>A token request (CIBA Core §10.1).</summary>
    public static Task<TokenResponse> PollAsync(string clientId, Func<Task<TokenResponse>> send) =>
        MeasureAsync("ciba poll", Polls, clientId, send, response => response is TokenResponse.Refused refused ? refused.Error.Code.ToString() : response.GetType().Name);

    private static async Task<T> MeasureAsync<T>(string name, Counter<long> counter, string clientId, Func<Task<T>> send, Func<T, string> describe)
    {
        using var span = Source.StartActivity(name, ActivityKind.Client);
        var response = await send().ConfigureAwait(false);
        if (span is null && !counter.Enabled)
        {
            return response;
        }

        var outcome = describe(response);
        _ = span?.SetTag(Client, clientId).SetTag(Outcome, outcome);
        counter.Add(1, new KeyValuePair<string, object?>(Client, clientId), new(Outcome, outcome));
        return response;
    }
}
