using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Simulator;

/// <summary>An answer that a test dictates, in place of the OP's own: see <see cref="CibaSimulator.AnswerNextRequest"/> and <see cref="CibaSimulator.AnswerNextPoll"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, whatever it may be.</param>
public sealed record CibaSimulatorAnswer(int Status, string Body)
{
    private static readonly string[] NoEnd = ["authorization_pending", "slow_down"];

    /// <summary>Gets the media type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Gets what <c>Retry-After</c> says, in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets how long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets a value indicating whether a poll answered so must be the last one: whatever is neither a wait (CIBA Core §11) nor trouble of the server.</summary>
    internal bool IsEnd => Status is < 500 and not 429 && !NoEnd.Contains(ErrorCode);

    private string? ErrorCode
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body) is JsonObject body && body["error"] is JsonValue error && error.TryGetValue<string>(out var code) ? code : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>An error answer (CIBA Core §11, §13).</summary>
    /// <returns>The answer.</returns>
    /// <param name="error">The error code.</param>
    /// <param name="status">The HTTP status.</param>
    public static CibaSimulatorAnswer Error(string error, int status = 400) =>
        new(status, new JsonObject { ["error"] = error, ["error_description"] = "As a test wants it." }.ToJsonString());
}
