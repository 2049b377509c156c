using System.Collections.Concurrent;

namespace SsoCibaMethod.Benchmarks.Waiting;

/// <summary>
/// Sees polls from outside: what was answered one interval ago is due now. The sampled ids are a character longer, so that the length of a request tells them.
/// </summary>
internal sealed class LatenessHandler(HttpMessageHandler inner, Lateness lateness, TimeSpan interval) : DelegatingHandler(inner)
{
    private const string Form = "auth_req_id=&grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba";
    private const int SampledId = 33;

    private readonly ConcurrentDictionary<string, long> _answeredAt = new(StringComparer.Ordinal);

    public static string Mark(string authReqId, int login) => Lateness.IsSampled(login) ? authReqId + "s" : authReqId;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content?.Headers.ContentLength == Form.Length + SampledId ? SampleAsync(request, cancellationToken) : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SampleAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Not read into a buffer: that would look to the client as if the request had left.
        using var reader = new StreamReader(request.Content!.ReadAsStream(cancellationToken), leaveOpen: true);
        var form = await reader.ReadToEndAsync(cancellationToken);
        if (_answeredAt.TryGetValue(form, out var answeredAt))
        {
            lateness.Add(TimeProvider.System.GetElapsedTime(answeredAt) - interval);
        }

        var response = await base.SendAsync(request, cancellationToken);
        _answeredAt[form] = TimeProvider.System.GetTimestamp();
        return response;
    }
}
