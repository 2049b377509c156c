using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Makes what signs the requests, where the settings want that; key and id default to those of client authentication.</summary>
internal static class RequestSigningFactory
{
    public static RequestSigning? TryCreate(CibaOptions options, out string? fault)
    {
        fault = null;
        var (own, client) = (options.RequestSigning, options.ClientAuthentication);
        if (!own.IsOn)
        {
            return null;
        }

        if ((own.Key ?? client.Key) is not { } path)
        {
            fault = "RequestSigning:Key is missing; give a private key file (PEM, PFX or JWK), or one as ClientAuthentication:Key.";
            return null;
        }

        var isOwn = own.Key is not null;
        var algorithm = own.Algorithm ?? (client.Algorithm is { } other && !other.StartsWith("HS", StringComparison.Ordinal) ? other : "ES256");
        if (algorithm.StartsWith("HS", StringComparison.Ordinal))
        {
            fault = $"RequestSigning:Algorithm is \"{algorithm}\"; write ES256, PS256 or another of a private key, for a secret signs no request.";
            return null;
        }

        return SigningKeyFile.TryLoad(
            isOwn ? "RequestSigning:Key" : "RequestSigning", path, algorithm, own.KeyId ?? (isOwn ? null : client.KeyId), isOwn ? own.KeyPassword : client.KeyPassword, out fault) is { } key
            ? new RequestSigning(KeyIds.Name(options, key))
            : null;
    }
}
