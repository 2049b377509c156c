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
        foreach (var fault in new[] { signing, binding }.OfType<string>())
        {
            yield return fault;
        }
    }
}
