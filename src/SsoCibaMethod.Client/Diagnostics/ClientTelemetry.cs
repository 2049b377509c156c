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

    private static readonly Counter<long> KeyFetches = Meter.CreateCounter<long>("ciba.client.key_fetches", "{fetch}", "Readings of an OP's metadata and keys, by outcome.");

    /// <summary>Counts a reading of an OP's metadata and keys by what came of it.</summary>
    /// <param name="address">Where the metadata is; <see langword="null"/> where it is a file.</param>
    /// <param name="result">What came of it.</param>
    public static void KeysFetched(Uri? address, ProviderMetadataResult result)
    {
        if (KeyFetches.Enabled)
        {
            KeyFetches.Add(1, new KeyValuePair<string, object?>("server.address", address?.Host ?? "file"), new(Outcome, result.GetType().Name));
        }
    }

    /// <summary>Begins a backchannel authentication request (CIBA Core §7.1).</summary>
    /// <returns>Its span, to be disposed of; <see langword="null"/> where nobody listens.</returns>
    public static Activity? BeginStart() => Source.StartActivity("ciba start", ActivityKind.Client);

    /// <summary>Begins a token request (CIBA Core §10.1).</summary>
    /// <returns>Its span, to be disposed of; <see langword="null"/> where nobody listens.</returns>
    public static Activity? BeginPoll() => Source.StartActivity("ciba poll", ActivityKind.Client);

    /// <summary>Counts a backchannel authentication request by what came of it.</summary>
    public static BackchannelAuthenticationResponse EndStart(Activity? span, string clientId, BackchannelAuthenticationResponse response)
    {
        End(span, Starts, clientId, response, (response as BackchannelAuthenticationResponse.Refused)?.Error);
        return response;
    }

    /// <summary>Counts a token request by what came of it.</summary>
    public static TokenResponse EndPoll(Activity? span, string clientId, TokenResponse response)
    {
        End(span, Polls, clientId, response, (response as TokenResponse.Refused)?.Error);
        return response;
    }

    private static void End(Activity? span, Counter<long> counter, string clientId, object response, CibaError? error)
    {
        if (span is not null || counter.Enabled)
        {
            var outcome = error?.Code.ToString() ?? response.GetType().Name;
            _ = span?.SetTag(Client, clientId).SetTag(Outcome, outcome);
            counter.Add(1, new KeyValuePair<string, object?>(Client, clientId), new(Outcome, outcome));
        }
    }
}
