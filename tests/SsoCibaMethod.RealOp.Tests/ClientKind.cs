namespace SsoCibaMethod.RealOp.Tests;

/// <summary>One way a client proves itself: as the OP registers it, and as the method is set. Each of the three ID-token algorithms comes twice.</summary>
/// <param name="Registration">What the OP knows.</param>
/// <param name="Configure">What the administrator sets.</param>
internal sealed record ClientKind(RealOpClient Registration, Action<CibaOptions> Configure)
{
    public string Name => Registration.ClientId;

    public static IReadOnlyList<ClientKind> All(TemporaryFolder folder)
    {
        var pem = ClientKeyFile.EcPem(folder, "key-of-pem");
        var pfx = ClientKeyFile.RsaPfx(folder);
        var jwk = ClientKeyFile.RsaJwk(folder, "key-of-jwk");
        return
        [
            Shared("basic", "client_secret_basic", null, "RS256"),
            Shared("post", "client_secret_post", null, "PS256"),
            Shared("secret-jwt", "client_secret_jwt", "HS256", "ES256"),
            Private("pem", pem, "ES256", "RS256", key => key.KeyId = "key-of-pem"),
            Private("pfx", pfx, "PS256", "PS256", key => key.KeyPassword = ClientKeyFile.Password),
            Private("jwk", jwk, "RS256", "ES256"),
        ];
    }

    public HostMethod At(RealOp op) => new(Name, options =>
    {
        options.Authority = op.Issuer;
        options.SaveTokens = true;
        Configure(options);
    });

    private static ClientKind Shared(string name, string method, string? algorithm, string idToken) => new(
        new(name)
        {
            ClientSecret = CibaHost.Secret,
            AuthenticationMethod = method,
            AuthenticationSigningAlgorithm = algorithm,
            IdTokenSigningAlgorithm = idToken,
        },
        options =>
        {
            options.ClientSecret = CibaHost.Secret;
            options.ClientAuthentication.Method = method;
            options.IdTokenSigningAlgorithms = [idToken];
        });

    private static ClientKind Private(
        string name, ClientKeyFile keys, string algorithm, string idToken, Action<CibaClientAuthenticationOptions>? configure = null) => new(
        new(name)
        {
            AuthenticationMethod = "private_key_jwt",
            AuthenticationSigningAlgorithm = algorithm,
            IdTokenSigningAlgorithm = idToken,
            KeySet = keys.PublicKeySet,
        },
        options =>
        {
            options.ClientAuthentication.Method = "private_key_jwt";
            options.ClientAuthentication.Key = keys.Path;
            options.ClientAuthentication.Algorithm = algorithm;
            options.IdTokenSigningAlgorithms = [idToken];
            configure?.Invoke(options.ClientAuthentication);
        });
}
