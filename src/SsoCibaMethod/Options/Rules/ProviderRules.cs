using SsoCibaMethod.Client;

namespace SsoCibaMethod;

/// <summary>What must hold of where the OP is.</summary>
internal static class ProviderRules
{
    public static IEnumerable<string> Faults(CibaOptions options)
    {
        if (options is { Authority: null, MetadataAddress: null, ProviderMetadata: null })
        {
            yield return "Authority is missing; give the OP's issuer address, or MetadataAddress, or a discovery document as ProviderMetadata.";
        }

        if (options.ProviderMetadata is not null && options.MetadataAddress is not null)
        {
            yield return "MetadataAddress and ProviderMetadata exclude each other; keep one.";
        }

        foreach (var (setting, value) in new[]
        {
            ("Authority", options.Authority),
            ("MetadataAddress", options.MetadataAddress),
            ("Endpoints:BackchannelAuthentication", options.Endpoints.BackchannelAuthentication),
            ("Endpoints:Token", options.Endpoints.Token),
        })
        {
            if (value is not null && !(Uri.TryCreate(value, UriKind.Absolute, out var address) && EndpointAddress.IsAllowed(address)))
            {
                // An address with a password in it is a fault, and the password stays out of the log.
                yield return $"{setting} is \"{(value.Contains('@', StringComparison.Ordinal) ? "…@…" : value)}\"; write an address that begins with https:// (http:// only for this very machine), without user name or fragment.";
            }
        }

        foreach (var (setting, path) in new[] { ("ProviderMetadata", options.ProviderMetadata), ("ProviderJwks", options.ProviderJwks) })
        {
            if (path is not null && !File.Exists(path))
            {
                yield return $"{setting}: the file {path} does not exist.";
            }
        }
    }
}
