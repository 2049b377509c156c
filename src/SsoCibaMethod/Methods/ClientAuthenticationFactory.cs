using System.Security.Cryptography;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Makes the client authentication the settings describe, or says which setting is in the way.</summary>
internal static class ClientAuthenticationFactory
{
    public static ClientAuthentication? TryCreate(CibaOptions options, out string? fault)
    {
        var settings = options.ClientAuthentication;
        var method = settings.Method ?? (settings.Key is not null ? "private_key_jwt" : "client_secret_basic");
        var form = new ClientAssertionForm(settings.Audience, settings.AssertionType);
        fault = null;
        switch (method)
        {
            case "client_secret_basic":
                return Secret(options, method, out fault) is { } basic ? new ClientSecretBasic(basic) : null;
            case "client_secret_post":
                return Secret(options, method, out fault) is { } post ? new ClientSecretPost(post) : null;
            case "client_secret_jwt":
                return Secret(options, method, out fault) is { } secret ? SecretJwt(secret, settings.Algorithm ?? "HS256", form, out fault) : null;
            case "private_key_jwt":
                return PrivateKey(settings, form, out fault);
            default:
                fault = $"ClientAuthentication:Method is \"{method}\"; write client_secret_basic, client_secret_post, client_secret_jwt or private_key_jwt.";
                return null;
        }
    }

    private static string? Secret(CibaOptions options, string method, out string? fault)
    {
        fault = null;
        if (options.ClientSecretFile is not { } path)
        {
            if (string.IsNullOrEmpty(options.ClientSecret))
            {
                fault = $"ClientSecret is missing, and {method} needs it; give it, or a file that holds it as ClientSecretFile.";
            }

            return options.ClientSecret;
        }

        try
        {
            var secret = File.ReadAllText(path).Trim();
            fault = secret.Length == 0 ? $"ClientSecretFile: the file {path} is empty." : null;
            return fault is null ? secret : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = $"ClientSecretFile: the file {path} cannot be read: {exception.Message}";
            return null;
        }
    }

    private static ClientSecretJwt? SecretJwt(string secret, string algorithm, ClientAssertionForm form, out string? fault)
    {
        try
        {
            fault = null;
            return new ClientSecretJwt(secret, algorithm, form);
        }
        catch (ArgumentException exception)
        {
            var setting = exception.ParamName == "algorithm" ? "ClientAuthentication:Algorithm" : "ClientSecret";
            fault = $"{setting}: {exception.Message.Split(" (Parameter", 2)[0]}";
            return null;
        }
    }

    private static PrivateKeyJwt? PrivateKey(CibaClientAuthenticationOptions settings, ClientAssertionForm form, out string? fault)
    {
        fault = null;
        if (settings.Key is not { } path)
        {
            fault = "ClientAuthentication:Key is missing, and private_key_jwt needs it; give a private key file (PEM, PFX or JWK).";
            return null;
        }

        try
        {
            return new PrivateKeyJwt(PrivateKeyFile.Load(path, settings.Algorithm ?? "ES256", settings.KeyId, settings.KeyPassword), form);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            fault = $"ClientAuthentication:Key: {path}: {exception.Message}";
            return null;
        }
    }
}
