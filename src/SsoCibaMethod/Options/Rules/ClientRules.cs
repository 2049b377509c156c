using SsoCibaMethod.Methods;

namespace SsoCibaMethod;

/// <summary>What must hold of the client and its proof.</summary>
internal static class ClientRules
{
    public static IEnumerable<string> Faults(CibaOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return "ClientId is missing; give the client identifier that the OP registered.";
        }

        if (options.ClientSecret is not null && options.ClientSecretFile is not null)
        {
            yield return "ClientSecret and ClientSecretFile exclude each other; keep one.";
        }
        else
        {
            _ = ClientAuthenticationFactory.TryCreate(options, out var fault);
            if (fault is not null)
            {
                yield return fault;
            }
        }

        _ = RequestSigningFactory.TryCreate(options, out var signing);
        _ = DPoPFactory.TryCreate(options, TimeProvider.System, out var binding);
        _ = IdTokenDecryptionFactory.TryCreate(options, out var decryption);
        var keys = Keys(options, signing, decryption);
        foreach (var fault in new[] { signing, binding, decryption, keys }.OfType<string>())
        {
            yield return fault;
        }
    }

    // What is wrong with one key is told once.
    private static string? Keys(CibaOptions options, params ReadOnlySpan<string?> told)
    {
        _ = ClientAuthenticationFactory.TryCreate(options, out var authentication);
        _ = PublishedKeys.TryCreate(options, ClientCertificateFactory.TryCreate(options, TimeProvider.System, out _), out var fault);
        return fault is not null && fault != authentication && !told.Contains(fault) ? fault : null;
    }
}
