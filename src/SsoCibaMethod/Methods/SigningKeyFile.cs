using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Reads a private key that a setting names, or says what is wrong with it.</summary>
internal static class SigningKeyFile
{
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
