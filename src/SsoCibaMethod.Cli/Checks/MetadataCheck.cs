namespace SsoCibaMethod.Cli.Checks;

/// <summary>Can the OP's metadata and keys be read, and are they the ones of the OP that is meant (OpenID Connect Discovery §4.3)?</summary>
internal sealed class MetadataCheck : IMethodCheck
{
    public const string Id = "metadata";

    public string Name => Id;

    public string? Needs => SettingsCheck.Id;

    public async Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        var metadata = await method.ReadMetadataAsync(cancellationToken);
        var findings = metadata.Faults.Select(Fault).ToList();
        if (metadata.Unreadable is { } cause)
        {
            findings.Add(Unreadable(method, cause));
        }
        else if (metadata.KeyCount == 0 && !method.Client.IdTokenSigningAlgorithms.All(algorithm => algorithm.StartsWith("HS", StringComparison.Ordinal)))
        {
            findings.Add(Finding.Error(
                "The OP's key set holds no key that could verify an ID token.", "Ask the OP for its keys: for signatures, RSA with 2048 bits at least or an elliptic curve."));
        }

        if (findings.Count == 0)
        {
            findings.Add(Finding.Ok($"issuer {metadata.Document!.Issuer}, {Count(metadata.KeyCount, "key")} to verify ID tokens"));
            if (method.Provider.ExpectedIssuer is null)
            {
                findings.Add(Finding.Warning("The issuer is believed as the document names it.", "Set Authority to the issuer that is meant, so that no other document can take its place."));
            }
        }

        return findings;
    }

    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private static Finding Fault(string fault) => fault.Contains("issuer", StringComparison.Ordinal)
        ? Finding.Error(fault, "Set Authority to the OP's issuer to the letter, or mend the address of the document.")
        : Finding.OfFault(fault) is { Cure: not null } finding ? finding : Finding.Error(fault, "Ask the OP to mend its metadata, or give the address in Endpoints.");

    private static Finding Unreadable(CheckedMethod method, string cause)
    {
        const string NoTls = "TLS failed";
        if (cause.IndexOf(NoTls, StringComparison.Ordinal) is var at and >= 0)
        {
            // What is wrong with the certificate is that check's to tell.
            return Finding.Error($"{cause[..(at + NoTls.Length)]}.", $"See {TlsCheck.Id}, next.");
        }

        return Finding.Error(
            cause.EndsWith('.') ? cause : cause + ".",
            method.Provider.MetadataFile is not null ? "Mend the files that ProviderMetadata and ProviderJwks name, or let the document name a jwks_uri that can be reached."
                : cause.Contains("HTTP 4", StringComparison.Ordinal) ? "Set Authority to the OP's issuer, path and all, or MetadataAddress to where the document is."
                : "See whether Authority is right, and whether this machine may call that address (name service, firewall, proxy).");
    }
}
