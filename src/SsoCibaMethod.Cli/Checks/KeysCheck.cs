using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Until when are the keys and certificates good that the settings name? That they can be read, the settings' own rules have found.</summary>
internal sealed class KeysCheck : IMethodCheck
{
    public const string Id = "keys";

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public string Name => Id;

    public string? Needs => SettingsCheck.Id;

    public Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = [.. Certificate(method), .. Keys(method.Options).SelectMany(key => Key(method, key.Setting, key.Path, key.Password)), .. Roots(method)];
        return Task.FromResult(findings.Count > 0 ? findings : [Finding.Ok("no file of a key or certificate is named")]);
    }

    private static IEnumerable<Finding> Certificate(CheckedMethod method)
    {
        if (method.Client.ClientCertificate is not { Certificate: var certificate, Path: var path })
        {
            yield break;
        }

        var what = $"ClientAuthentication:Certificate: {method.Places.Short(path)}, {certificate.Subject}";
        yield return Expiry.Judge(
            what, certificate, method.Time.GetUtcNow(), "Have it renewed, and put the new one under the same name; the OP may have to know it before.");
        if (certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } usages
            && !usages.EnhancedKeyUsages.OfType<Oid>().Any(usage => usage.Value == ClientAuthentication))
        {
            yield return Finding.Warning($"{what}, is not one for clients (no clientAuth among its extended key usages).", "Have one issued for client authentication; many servers refuse any other in the handshake.");
        }
    }

    private static IEnumerable<(string Setting, string Path, string? Password)> Keys(CibaOptions options)
    {
        var (client, decryption) = (options.ClientAuthentication, options.IdTokenDecryption);
        (string, string?, string?)[] one =
        [
            ("ClientAuthentication:Key", client.Key, client.KeyPassword),
            ("RequestSigning:Key", options.RequestSigning.Key, options.RequestSigning.KeyPassword),
            ("DPoP:Key", options.DPoP.Enabled ? options.DPoP.Key : null, options.DPoP.KeyPassword),
            ("IdTokenDecryption:Key", decryption.Key, decryption.KeyPassword),
        ];
        return one
            .Concat(client.FurtherKeys.Select(key => ($"ClientAuthentication:FurtherKeys:{key.Key}", (string?)key.Value, client.KeyPassword)))
            .Concat(decryption.FurtherKeys.Select(key => ($"IdTokenDecryption:FurtherKeys:{key.Key}", (string?)key.Value, decryption.KeyPassword)))
            .Where(key => key.Item2 is not null).Select(key => (key.Item1, key.Item2!, key.Item3));
    }

    // A key has no end; a certificate that lies beside it has, and an OP that was given it may hold to that.
    private static IEnumerable<Finding> Key(CheckedMethod method, string setting, string path, string? password)
    {
        var file = $"{setting}: {method.Places.Short(path)}";
        var certificates = Read(path, password);
        return certificates.Count == 0
            ? [Finding.Ok($"{file}, a key without a certificate, so without an end")]
            : certificates.Select(certificate => Expiry.Judge(
                $"{file}: the certificate {certificate.Subject} beside the key", certificate, method.Time.GetUtcNow(),
                "Only the key is used here; renew the certificate where the OP was given it."))
                .Select(finding => finding.Outcome == CheckOutcome.Error ? Finding.Warning(finding.Seen, finding.Cure!) : finding);
    }

    private static IEnumerable<Finding> Roots(CheckedMethod method) => method.Options.BackchannelTrust is not { } path ? [] : Read(path, password: null).Select(certificate => Expiry.Judge(
        $"BackchannelTrust: {method.Places.Short(path)}, {certificate.Subject}", certificate, method.Time.GetUtcNow(),
        "Get the OP's new root, and add it to the file beside the old one."));

    private static X509Certificate2Collection Read(string path, string? password)
    {
        var content = File.ReadAllBytes(path);
        var text = Encoding.UTF8.GetString(content);
        var certificates = new X509Certificate2Collection();
        if (text.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            certificates.ImportFromPem(text);
        }
        else if (!text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{'))
        {
            certificates.AddRange(X509CertificateLoader.LoadPkcs12Collection(content, password));
        }

        return certificates;
    }
}
