using System.Net.Http.Headers;

namespace SsoCibaMethod.Client;

/// <summary>One exchange with the OP: bounded in time and size, never redirected.</summary>
internal sealed class BackchannelHttp(HttpMessageInvoker invoker, TimeProvider time, TimeSpan timeout)
{
    /// <summary>The largest answer read, in bytes. A set of tokens is some kilobytes, a large key set some dozens.</summary>
    public const int MaximumAnswer = 1024 * 1024;

    private const int InitialBuffer = 4 * 1024;

    // What an answer says of its length is believed that far: thousands of polls that hold a megabyte each for what never comes would end the host.
    private const int LargestInitialBuffer = 16 * 1024;

    private readonly StallWatch _stalls = new(time);
    private readonly TimeLimits _limits = new(time, timeout);

    /// <summary>Sends a request, and disposes of it.</summary>
    public async Task<BackchannelAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var sent = request;
        using var limit = _limits.Begin(cancellationToken);
        var asked = request.RequestUri;
        var beginning = _stalls.Begin();
        try
        {
            using var response = await SendHeadersAsync(request, limit.Token).ConfigureAwait(false);
            if (response.RequestMessage?.RequestUri is { } answered && answered != asked)
            {
                // A handler given by the host followed a redirect, and the request was sent to somebody else.
                return new BackchannelAnswer.Received(302, ContentType: null, default, RetryAfter: null);
            }

            var body = await ReadAsync(response.Content, limit.Token).ConfigureAwait(false);
            var readAt = time.GetTimestamp();
            return new BackchannelAnswer.Received(
                (int)response.StatusCode,
                response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null,
                body ?? default,
                RetryAfter(response.Headers.RetryAfter),
                TooLarge: body is null)
            {
                Challenges = response.Headers.NonValidated.Contains("WWW-Authenticate") ? [.. response.Headers.WwwAuthenticate] : [],
                DPoPNonce = response.Headers.NonValidated.TryGetValues("DPoP-Nonce", out var nonces) && nonces.ToList() is [var nonce] ? nonce : null,
                HeldFor = request.Content is TimedContent { LeftAt: { } leftAt } ? HeldFor(time.GetElapsedTime(leftAt, readAt), _stalls.Since(beginning, readAt)) : default,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Our own limit, or a shorter one of the host's handler.
            return new BackchannelAnswer.None(
                limit.Token.IsCancellationRequested ? $"no answer within {timeout.TotalSeconds:0} s" : "the HTTP handler gave up waiting", MayHaveBeenReceived: true);
        }
        catch (HttpRequestException exception)
        {
            return new BackchannelAnswer.None(Describe(exception), !NeverSent(exception.HttpRequestError));
        }
        catch (IOException)
        {
            return new BackchannelAnswer.None("the connection broke off", MayHaveBeenReceived: true);
        }
        catch (InvalidDataException)
        {
            // A handler of the host's that decompresses.
            return new BackchannelAnswer.None("the answer's compression is corrupt", MayHaveBeenReceived: true);
        }
        finally
        {
            _stalls.End();
        }
    }

    // The answer before its content is read, so that a slow or endless body falls under the same limits. HttpClient, an invoker too, must be asked for that.
    private Task<HttpResponseMessage> SendHeadersAsync(HttpRequestMessage request, CancellationToken cancellationToken) => invoker is HttpClient client
        ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
        : invoker.SendAsync(request, cancellationToken);

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaximumAnswer)
        {
            return null;
        }

        // Ended with the response that it is of.
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[(int)Math.Min(content.Headers.ContentLength + 1 ?? InitialBuffer, LargestInitialBuffer)];
        var length = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
        {
            length += read;
            if (length > MaximumAnswer)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaximumAnswer + 1));
            }
        }

        return buffer.AsMemory(0, length);
    }

    private static TimeSpan HeldFor(TimeSpan elapsed, TimeSpan stalled) => elapsed > stalled ? elapsed - stalled : TimeSpan.Zero;

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? value)
    {
        var wait = value?.Delta ?? (value?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static bool NeverSent(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    /// <summary>Says why there was no answer, for a log.</summary>
    public static string Describe(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the host name could not be resolved",
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.SecureConnectionError => TlsFailure.Describe(exception.InnerException),
        HttpRequestError.ProxyTunnelError => "the proxy refused",
        HttpRequestError.ResponseEnded => "the connection broke off",
        HttpRequestError.ConfigurationLimitExceeded => "the answer is larger than a limit",
        var other => $"HTTP failed ({other})",
    };
}
