using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What the OP does otherwise than usual (K-4): two polls are pending and the third succeeds, or the one that follows a ping.</summary>
internal sealed record Play
{
    /// <summary>The <c>interval</c> of the acknowledgement, in seconds; none by default, which means 5.</summary>
    public int? Interval { get; init; }

    /// <summary>Spoils the acknowledgement, so that nothing must follow it.</summary>
    public Action<JsonObject>? Acknowledgement { get; init; }

    /// <summary>An error instead of the acknowledgement.</summary>
    public string? Refusal { get; init; }

    /// <summary>The error of the poll of a number, counted from 1; pending where there is none.</summary>
    public IReadOnlyDictionary<int, string> PollErrors { get; init; } = new Dictionary<int, string>();

    /// <summary>Holds the poll of a number before it is answered.</summary>
    public Func<int, Task>? HoldPoll { get; init; }

    /// <summary>Changes the answer that carries the tokens.</summary>
    public Action<JsonObject>? Tokens { get; init; }

    /// <summary>Spoils the ID token.</summary>
    public Action<IdToken>? IdToken { get; init; }

    /// <summary>What is appended to the notification token when the OP calls.</summary>
    public string PingSuffix { get; init; } = "";

    /// <summary>Whether the resource refuses access tokens until they were refreshed twice.</summary>
    public bool RefusesUntilRefreshed { get; init; }
}
