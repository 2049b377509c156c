namespace SsoCibaMethod.Cli.Checks;

/// <summary>Who vouches for the OP's servers, and until when? Each server that the method calls is looked at.</summary>
internal sealed class TlsCheck : IMethodCheck
{
    public const string Id = "tls";

    private const string Unreachable = "See whether the address is right, and whether this machine may call it (name service, firewall, proxy).";

    public string Name => Id;

    public string? Needs => SettingsCheck.Id;

    public async Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var address in await method.ServersAsync(cancellationToken))
        {
            var look = await method.LookAsync(address, cancellationToken);
            if (look is { Failure: not null, Certificate: null } && address == method.Provider.MetadataAddress && (await method.ReadMetadataAsync(cancellationToken)).Document is null)
            {
                // Told already, and it is the only address there is.
                return [Finding.Skipped($"no connection, see {MetadataCheck.Id}")];
            }

            findings.AddRange(Judge(method, address, look));
        }

        return findings.Count > 0 ? findings : [Finding.Skipped("no address of the OP is known")];
    }

    private static IEnumerable<Finding> Judge(CheckedMethod method, Uri address, ServerLook look)
    {
        var server = address.Authority;
        if (look.Failure is { } failure)
        {
            yield return Finding.Error($"{server}: {failure}.{Shown(look.Certificate)}", look.Refusal?.Cure ?? Unreachable);
        }
        else if (address.Scheme != Uri.UriSchemeHttps)
        {
            yield return Finding.Ok($"{server}: this very machine, without TLS");
        }
        else if (look.Certificate is { } certificate)
        {
            yield return Expiry.Judge(
                $"{server}: {certificate.Subject}, by {string.Join(", by ", certificate.Signers)}{(method.Options.BackchannelTrust is null ? "" : " (BackchannelTrust)")}",
                certificate.NotBefore, certificate.NotAfter, method.Time.GetUtcNow(), Expiry.WarningOf(certificate.NotBefore, certificate.NotAfter),
                "Ask the OP to renew its certificate.");
        }
    }

    private static string Shown(ServerCertificate? certificate) =>
        certificate is null ? "" : $" It showed {certificate.Subject}, by {string.Join(", by ", certificate.Signers)}.";
}
