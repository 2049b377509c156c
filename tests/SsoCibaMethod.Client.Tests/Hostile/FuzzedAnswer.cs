using System.Net;
using System.Text;
using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>An answer as it comes over the wire: seldom is anything but its body spoiled.</summary>
internal sealed record FuzzedAnswer(byte[] Body)
{
    private const int Largest = 1024 * 1024;

    private static readonly int[] Statuses = [200, 200, 201, 204, 206, 301, 302, 307, 400, 400, 401, 403, 404, 408, 413, 428, 429, 500, 502, 503, 504];

    private static readonly (string? Type, bool IsJson)[] Types =
    [
        ("application/json", true), ("APPLICATION/JSON", true), ("application/json; charset=utf-8", true), ("application/json;charset=\"x\"", true),
        (null, false), ("", false), ("text/html", false), ("application/jwt", false), ("application/problem+json", false), ("application/jsonp", false), ("application/json/json", false), ("application", false), ("é", false),
    ];

    public int Status { get; init; } = 200;

    public (string? Type, bool IsJson) Type { get; init; } = Types[0];

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>What <c>Content-Length</c> says; it need not be so.</summary>
    public long? DeclaredLength { get; init; }

    /// <summary>How many bytes come at a time.</summary>
    public int Chunk { get; init; } = int.MaxValue;

    public bool BreaksOff { get; init; }

    /// <summary>Whether white space follows the body, without an end.</summary>
    public bool IsEndless { get; init; }

    /// <summary>Whether it may be a success, whatever its body says.</summary>
    public bool CanBeSuccess => IsReadable && Status == 200 && Type.IsJson;

    public bool IsReadable => !BreaksOff && !IsEndless && Body.Length <= Largest && DeclaredLength is not > Largest;

    public int Size => IsEndless ? int.MaxValue : Body.Length + Headers.Sum(header => header.Value.Length);

    public static FuzzedAnswer Around(FuzzRandom random, byte[] body, int status = 200)
    {
        var answer = new FuzzedAnswer(body) { Status = status };
        return random.Below(24) switch
        {
            0 or 1 => answer with { Status = random.Pick(Statuses) },
            2 or 3 => answer with { Type = random.Pick(Types) },
            4 => answer with { DeclaredLength = random.Pick(0, 1, body.Length, body.Length + 1, Largest, Largest + 1, long.MaxValue) },
            5 => answer with { Chunk = 1 + random.Below(body.Length + 1) },
            6 when random.OneIn(8) => answer with { IsEndless = true },
            6 => answer with { BreaksOff = true },
            _ => answer,
        };
    }

    /// <summary>Text as a header can hold it once it has arrived.</summary>
    public static string HeaderText(byte[] bytes) => Encoding.Latin1.GetString(bytes).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Trim(' ', '\t');

    public HttpResponseMessage ToMessage()
    {
        var content = new StreamContent(new Trickle(this));
        _ = content.Headers.TryAddWithoutValidation("Content-Type", Type.Type);
        if (DeclaredLength is { } length)
        {
            content.Headers.ContentLength = length;
        }

        var message = new HttpResponseMessage((HttpStatusCode)Status) { Content = content };
        foreach (var (name, value) in Headers)
        {
            _ = message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public override string ToString() => string.Join(
        ' ', [$"{Status}", $"{Type.Type}", $"length {DeclaredLength} of {Body.Length}", BreaksOff ? "broken off" : IsEndless ? "endless" : "", .. Headers.Select(header => $"{header.Name}: {header.Value}"), FuzzText.Of(Body)]);

    private sealed class Trickle(FuzzedAnswer answer) : Body
    {
        // Enough to be seen, should anybody read on and on.
        private const int Endless = 32 * Largest;

        private readonly int _end = answer.BreaksOff ? answer.Body.Length / 2 : answer.Body.Length;
        private int _at;
        private int _given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_at == _end && answer.BreaksOff)
            {
                return ValueTask.FromException<int>(new IOException("broken off"));
            }

            if (_at == _end && answer.IsEndless && _given < Endless)
            {
                buffer.Span.Fill((byte)' ');
                _given += buffer.Length;
                return ValueTask.FromResult(buffer.Length);
            }

            var count = Math.Min(buffer.Length, Math.Min(answer.Chunk, _end - _at));
            answer.Body.AsSpan(_at, count).CopyTo(buffer.Span);
            _at += count;
            return ValueTask.FromResult(count);
        }
    }
}
