namespace SsoCibaMethod.Cli.Checks;

/// <summary>What does proving the client cost? Each poll carries a fresh assertion, and an RSA signature costs as much as forty polls.</summary>
internal sealed class AssertionCheck : IMethodCheck
{
    public const string Id = "assertion";

    public string Name => Id;

    public string? Needs => SettingsCheck.Id;

    public async Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        var authentication = method.Client.Authentication;
        if (authentication.SigningAlgorithm is not { } algorithm)
        {
            return [Finding.Ok($"none is signed ({authentication.Method})")];
        }

        if (algorithm[..2] is not ("RS" or "PS"))
        {
            return [Finding.Ok($"signed with {algorithm}, which costs little")];
        }

        var offered = (await method.ReadMetadataAsync(cancellationToken)).Document?.TokenEndpointAuthSigningAlgValuesSupported ?? [];
        var cure = offered.Count > 0 && !offered.Contains("ES256")
            ? $"Ask the OP for ES256; it names {string.Join(", ", offered)}."
            : "Make a key of the curve P-256, register it at the OP, name it as ClientAuthentication:Key and set ClientAuthentication:Algorithm to ES256.";
        return [Finding.Warning($"Assertions are signed with {algorithm}: each poll needs one, which costs as much as 40 polls without.", cure)];
    }
}
