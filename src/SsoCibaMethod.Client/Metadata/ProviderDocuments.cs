using System.Net.Http.Headers;

namespace SsoCibaMethod.Client;

/// <summary>Fetches documents: over the network or from disk.</summary>
internal sealed class ProviderDocuments(HttpMessageInvoker backchannel, TimeProvider time)
{
    // Metadata is small; nobody waits long for a page that needs it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    private readonly BackchannelHttp _http = new(backchannel, time, Timeout);

    public async Task<Document> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(Json);
        return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false) switch
        {
            BackchannelAnswer.None none => new Document.Missing($"{address}: {none.Cause}"),
            BackchannelAnswer.Received { TooLarge: true } => new Document.Missing($"{address}: the answer is larger than the size limit"),
            BackchannelAnswer.Received { Status: 200 } received => new Document.Found(received.Body.ToArray()),
            BackchannelAnswer.Received { Status: var status } => new Document.Missing($"{address}: HTTP {status}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public static async Task<Document> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new Document.Found(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Document.Missing($"{path}: {exception.Message}");
        }
    }

    /// <summary>A document, or why there is none.</summary>
    internal abstract record Document
    {
        private Document()
        {
        }

        public sealed record Found(byte[] Content) : Document;

        public sealed record Missing(string Cause) : Document;
    }
}
