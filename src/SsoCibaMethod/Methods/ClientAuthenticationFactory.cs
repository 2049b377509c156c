using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Makes the client authentication the settings describe, or says which setting is in the way.</summary>
internal static class ClientAuthenticationFactory
{
    public static ClientAuthentication? TryCreate(CibaOptions options, out string? fault)
    {
        var settings = options.ClientAuthentication;
        var method = settings.Method ?? DefaultMethod(options);
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
                return PrivateKey(options, form, out fault);
            case "tls_client_auth":
                return ByCertificate(options, new TlsClientAuth(), out fault);
            case "self_signed_tls_client_auth":
                return ByCertificate(options, new SelfSignedTlsClientAuth(), out fault);
            default:
                fault = $"ClientAuthentication:Method is \"{method}\"; write client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt, tls_client_auth or self_signed_tls_client_auth.";
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

    private static PrivateKeyJwt? PrivateKey(CibaOptions options, ClientAssertionForm form, out string? fault)
    {
        fault = null;
        var settings = options.ClientAuthentication;
        if (settings.Key is not { } path)
        {
            fault = "ClientAuthentication:Key is missing, and private_key_jwt needs it; give a private key file (PEM, PFX or JWK).";
            return null;
        }

        return SigningKeyFile.TryLoad("ClientAuthentication:Key", path, settings.Algorithm ?? "ES256", settings.KeyId, settings.KeyPassword, out fault) is { } key
            ? new PrivateKeyJwt(KeyIds.Name(options, key), form)
            : null;
    }

    private static T? ByCertificate<T>(CibaOptions options, T method, out string? fault)
        where T : ClientAuthentication
    {
        // A host that carries the requests itself shows the certificate itself.
        fault = options.ClientAuthentication.Certificate is null && options.BackchannelHttpHandler is null
            ? $"ClientAuthentication:Certificate is missing, and {method.Method} needs it; give a client certificate file (PFX or PEM)."
            : null;
        return fault is null ? method : null;
    }

    private static string DefaultMethod(CibaOptions options) => options switch
    {
        { ClientAuthentication.Key: not null } => "private_key_jwt",
        { ClientAuthentication.Certificate: not null, ClientSecret: null, ClientSecretFile: null } => "tls_client_auth",
        _ => "client_secret_basic",
    };
}
