namespace SsoCibaMethod.Client;

/// <summary>What must hold of a client's settings: a broken rule is a mistake of the program, so it throws, before the first request.</summary>
internal static class ClientSettingsCheck
{
    private static readonly TimeSpan GreatestClockSkew = TimeSpan.FromMinutes(5);

    // An OP may hold a poll for 30 seconds (CIBA Core §10.1).
    private static readonly TimeSpan LeastRequestTimeout = TimeSpan.FromSeconds(35);

    public static void ThrowIfUnfit(CibaClientSettings settings)
    {
        if (Fault(settings) is { } fault)
        {
            throw new ArgumentException(fault, nameof(settings));
        }
    }

    private static string? Fault(CibaClientSettings settings) => settings switch
    {
        { ClientId.Length: 0 } => "ClientId is empty.",
        _ when !settings.Scope.Contains("openid", StringComparer.Ordinal) => "Scope must hold openid (CIBA Core §7.1).",
        _ when settings.Scope.FirstOrDefault(IsNoToken) is { } scope => $"Scope holds \"{scope}\"; each scope is an item of its own, without spaces.",
        { DPoP: not null, TokenDeliveryMode: TokenDeliveryMode.Push } => "DPoP needs token requests, and a client of push makes none (RFC 9449 §5).",
        { IdTokenSigningAlgorithms.Count: 0 } => "IdTokenSigningAlgorithms is empty; name the algorithm the client is registered with.",
        _ when settings.IdTokenSigningAlgorithms.FirstOrDefault(algorithm => !IsKnown(algorithm)) is { } unknown =>
            $"IdTokenSigningAlgorithms holds \"{unknown}\"; possible are RS256, PS256, ES256, HS256 and their 384 and 512 forms.",
        _ when settings.ClockSkew < TimeSpan.Zero || settings.ClockSkew > GreatestClockSkew => "ClockSkew must be from zero to 5 minutes.",
        _ when settings.RequestTimeout < LeastRequestTimeout => "RequestTimeout must be 35 seconds at least, since an OP may hold a poll for 30 (CIBA Core §10.1).",
        { Polling.MaximumConsecutiveFailures: < 1 } => "Polling.MaximumConsecutiveFailures must be 1 at least.",
        _ => null,
    };

    /// <summary>Whether an item of a list that is sent with spaces between would not come out as one.</summary>
    public static bool IsNoToken(string item) => item.Length == 0 || item.Any(char.IsWhiteSpace);

    private static bool IsKnown(string algorithm) =>
        algorithm.Length == 5 && algorithm[..2] is "RS" or "PS" or "ES" or "HS" && algorithm[2..] is "256" or "384" or "512";
}
