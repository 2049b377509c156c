using System.Text.Json;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Does the OP offer what the settings ask for: delivery mode, client authentication, algorithms, user codes, signed requests, encryption (CIBA Core §4)?</summary>
internal sealed class OfferCheck : IMethodCheck
{
    public const string Id = "offer";

    public string Name => Id;

    public string? Needs => MetadataCheck.Id;

    public async Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        var metadata = await method.ReadMetadataAsync(cancellationToken);
        var findings = metadata.Mismatches.Select(fault => Finding.OfFault(fault)).ToList();
        if (findings.Count == 0)
        {
            findings.Add(Finding.Ok($"{Summary(method.Client)}; {(metadata.Document!.BackchannelUserCodeParameterSupported ? "takes user codes" : "takes no user codes")}"));
        }

        findings.AddRange(Unasked(method.Options, metadata));
        if (method.Client.TokenDeliveryMode != TokenDeliveryMode.Poll)
        {
            findings.Add(Finding.Ok($"not looked at: whether the OP reaches {method.Options.CallbackPath}/notification, which must be registered there"));
        }

        return findings;
    }

    private static string Summary(CibaClientSettings client)
    {
        var authentication = client.Authentication.SigningAlgorithm is { } algorithm ? $"{client.Authentication.Method} ({algorithm})" : client.Authentication.Method;
        var parts = new[]
        {
            client.TokenDeliveryMode.ToString().ToLowerInvariant(),
            authentication,
            $"ID tokens {string.Join(", ", client.IdTokenSigningAlgorithms)}{(client.IdTokenDecryption is null ? "" : ", encrypted")}",
            client.RequestSigning is { Key.Algorithm: var signing } ? $"requests signed ({signing})" : null,
            client.DPoP is { Algorithm: var binding } ? $"DPoP ({binding})" : null,
        };
        return string.Join("; ", parts.OfType<string>());
    }

    // No fault for the host, which asks and sees; but whoever set it meant something.
    private static IEnumerable<Finding> Unasked(CibaOptions options, MetadataReading metadata)
    {
        var document = metadata.Document!;
        if (options.UserCodeSet == true && !document.BackchannelUserCodeParameterSupported)
        {
            yield return Finding.Warning("UserCode is true, but the OP takes no user codes (backchannel_user_code_parameter_supported).", "Leave UserCode out, or ask the OP to switch user codes on.");
        }

        foreach (var (setting, wanted, offered, member) in new[]
        {
            ("Scope", options.Scope, document.ScopesSupported, "scopes_supported"),
            ("AcrValues", options.AcrValues, document.AcrValuesSupported, "acr_values_supported"),
        })
        {
            if (offered.Count > 0 && wanted.Except(offered, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
            {
                yield return Finding.Warning(
                    $"{setting} holds {string.Join(", ", missing)}, which the OP does not name ({member}: {string.Join(", ", offered)}).", $"See whether {setting} is right; an OP need not name all it takes.");
            }
        }

        if (!options.RequestSigning.IsOn && document.AdditionalData.TryGetValue("require_signed_request_object", out var required)
            && required is true or JsonElement { ValueKind: JsonValueKind.True })
        {
            yield return Finding.Warning("The OP asks for signed requests (require_signed_request_object).", "Set RequestSigning:Algorithm, and register the key at the OP.");
        }
    }
}
