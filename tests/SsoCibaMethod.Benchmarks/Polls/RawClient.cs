using System.Buffers;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SsoCibaMethod.Benchmarks.Op;

namespace SsoCibaMethod.Benchmarks.Polls;

/// <summary>
/// The practical limit: the platform's <see cref="HttpClient"/> over the same connections, a body made beforehand, an answer read where it lies. It has no limit of
/// size, no schedule, and believes whatever comes. With a signature, one for each poll, over bytes as many as an assertion has.
/// </summary>
internal sealed class RawClient : IPollClient
{
    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");
    private static readonly byte[] Assertion = RandomNumberGenerator.GetBytes(240);
    private static readonly string EncodedAssertion = Base64Url.EncodeToString(Assertion);

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly Version _version;
    private readonly byte[][] _bodies;
    private readonly bool _signs;

    public RawClient(OpProcess op, string door, IReadOnlyList<string> authReqIds, bool signs = false)
        : this(op.CreateHandler(), door, op.Doors.VersionOf(door), authReqIds, signs)
    {
    }

    public RawClient(HttpMessageHandler handler, string door, Version version, IReadOnlyList<string> authReqIds, bool signs = false)
    {
        _http = new HttpClient(handler);
        _endpoint = new Uri($"{door}/token");
        _version = version;
        _signs = signs;
        var proof = signs ? $"&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion={EncodedAssertion}." : "";
        _bodies = [.. authReqIds.Select(id => Encoding.ASCII.GetBytes($"auth_req_id={id}&grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba{proof}"))];
    }

    public async Task PollAsync(int login)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Version = _version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var body = _bodies[login];
        if (_signs)
        {
            body = [.. body, .. Base64Url.EncodeToUtf8(Registration.Key.SignData(Assertion, HashAlgorithmName.SHA256))];
        }
        else
        {
            _ = request.Headers.TryAddWithoutValidation("Authorization", Registration.Basic);
        }

        _ = request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = FormType } };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        var stream = await response.Content.ReadAsStreamAsync();
        int length = 0, read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(length))) > 0)
        {
            length += read;
        }

        var isPending = IsPending(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        if (!isPending)
        {
            throw new InvalidOperationException($"The OP answered {response.StatusCode}.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsPending(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("error"u8))
            {
                return reader.Read() && reader.ValueTextEquals("authorization_pending"u8);
            }
        }

        return false;
    }
}
