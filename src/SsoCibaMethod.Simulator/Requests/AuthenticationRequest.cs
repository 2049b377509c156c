using System.Text.Json;
using SsoCibaMethod.Simulator.Tokens;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>A backchannel authentication request that passed every check.</summary>
internal sealed record AuthenticationRequest
{
    public required CibaSimulatorClient Client { get; init; }

    public required CibaSimulatorAccount Account { get; init; }

    public required CibaSimulatorHint Hint { get; init; }

    /// <summary>Gets the login hint, or what stands for it: tests announce their decisions by it.</summary>
    public required string LoginHint { get; init; }

    /// <summary>Gets the issuer the client spoke to.</summary>
    public required string Issuer { get; init; }

    public required IReadOnlyList<string> Scope { get; init; }

    public IReadOnlyList<string> AcrValues { get; init; } = [];

    public string? BindingMessage { get; init; }

    public int? RequestedExpiry { get; init; }

    public IReadOnlyList<string> Resources { get; init; } = [];

    public JsonElement? AuthorizationDetails { get; init; }

    public JsonElement? RequestContext { get; init; }

    public bool IsSigned { get; init; }

    /// <summary>Gets the bearer token for notifications; only a client that wants notifications has one.</summary>
    public string? NotificationToken { get; init; }

    /// <summary>Gets the key shown with the request, to which pushed tokens are bound (CIBA Core §5).</summary>
    public KeyBinding? Binding { get; init; }
}
