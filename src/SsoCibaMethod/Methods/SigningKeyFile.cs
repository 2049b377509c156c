using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Reads a private key that a setting names, or says what is wrong with it.</summary>
internal static class SigningKeyFile
{
    private static readonly string[] Usual = ["ES256", "PS256", "ES384", "ES512"];

    /// <summary>Reads a key whose algorithm nobody named: that of its successor if it fits, else the usual one of its kind.</summary>
    public static SigningCredentials? TryLoadAny(string setting, string path, string? likely, string? keyId, string? password, out string? fault)
    {
        string? first = null;
        foreach (var algorithm in Usual.Prepend(likely ?? Usual[0]))
        {
            if (TryLoad(setting, path, algorithm, keyId, password, out fault) is { } key)
            {
                return key;
            }

            first ??= fault;
        }

        fault = first;
        return null;
    }

    public static SigningCredentials? TryLoad(string setting, string path, string algorithm, string? keyId, string? password, out string? fault)
    {
        try
        {
            fault = null;
            return PrivateKeyFile.Load(path, algorithm, keyId, password);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            fault = $"{setting}: {path}: {exception.Message}";
            return null;
        }
    }
}
