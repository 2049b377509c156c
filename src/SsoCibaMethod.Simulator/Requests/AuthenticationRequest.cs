namespace SsoCibaMethod.Simulator.Requests;

/// <summary>A backchannel authentication request that passed every check.</summary>
internal sealed record AuthenticationRequest(
    CibaSimulatorClient Client,
    CibaSimulatorAccount Account,
    string LoginHint,
    IReadOnlyList<string> Scope,
    IReadOnlyList<string> AcrValues,
    string? BindingMessage,
    int? RequestedExpiry);
