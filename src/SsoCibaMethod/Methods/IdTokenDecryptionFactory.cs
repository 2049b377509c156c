using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Makes what opens encrypted ID tokens, where the settings want that.</summary>
internal static class IdTokenDecryptionFactory
{
    public static IdTokenDecryption? TryCreate(CibaOptions options, out string? fault)
    {
        fault = null;
        var settings = options.IdTokenDecryption;
        if (settings.Key is not { } path)
        {
            if (settings.Algorithms.Count + settings.ContentEncryption.Count + settings.FurtherKeys.Count > 0)
            {
                fault = "IdTokenDecryption:Key is missing, though encrypted ID tokens are agreed; give a private key file (PEM, PFX or JWK).";
            }

            return null;
        }

        List<SecurityKey> keys = [];
        foreach (var (setting, file, id) in settings.FurtherKeys.Select(key => ($"IdTokenDecryption:FurtherKeys:{key.Key}", key.Value, (string?)key.Key))
            .Prepend(("IdTokenDecryption:Key", path, settings.KeyId)))
        {
            if (TryLoad(setting, file, id, settings.KeyPassword, out fault) is not { } key)
            {
                return null;
            }

            keys.Add(key);
        }

        // Named in the key set by its thumbprint, and so by the OP in its tokens.
        keys[0].KeyId ??= ClientKeys.Thumbprint(keys[0]);
        return TryCreate(keys, settings, out fault);
    }

    private static IdTokenDecryption? TryCreate(List<SecurityKey> keys, CibaIdTokenDecryptionOptions settings, out string? fault)
    {
        var all = new IdTokenDecryption { Keys = keys };
        try
        {
            fault = null;
            return new IdTokenDecryption
            {
                Keys = keys,
                Algorithms = settings.Algorithms is { Count: > 0 } algorithms ? [.. algorithms] : all.Algorithms,
                ContentEncryption = settings.ContentEncryption is { Count: > 0 } encryption ? [.. encryption] : all.ContentEncryption,
            };
        }
        catch (ArgumentException exception)
        {
            fault = $"IdTokenDecryption:{exception.Message.Split(" (Parameter", 2)[0]}";
            return null;
        }
    }

    private static SecurityKey? TryLoad(string setting, string path, string? keyId, string? password, out string? fault)
    {
        try
        {
            fault = null;
            return DecryptionKeyFile.Load(path, keyId, password);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            fault = $"{setting}: {path}: {exception.Message}";
            return null;
        }
    }
}
