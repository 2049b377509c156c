namespace SsoCibaMethod.Simulator.Clients;

/// <summary>The values of <c>token_endpoint_auth_method</c> (OpenID Connect Core §9) the simulator knows.</summary>
internal static class ClientAuthenticationMethods
{
    public const string ClientSecretBasic = "client_secret_basic";
    public const string ClientSecretPost = "client_secret_post";
    public const string ClientSecretJwt = "client_secret_jwt";
    public const string PrivateKeyJwt = "private_key_jwt";

    public const string TlsClientAuth = "tls_client_auth";
    public const string SelfSignedTlsClientAuth = "self_signed_tls_client_auth";

    /// <summary>Those that work over any connection.</summary>
    public static readonly IReadOnlyList<string> OfAnyConnection = [ClientSecretBasic, ClientSecretPost, ClientSecretJwt, PrivateKeyJwt];

    public static readonly IReadOnlyList<string> All = [.. OfAnyConnection, TlsClientAuth, SelfSignedTlsClientAuth];

    public static readonly IReadOnlyList<string> AsymmetricAlgorithms =
        ["ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"];

    public static readonly IReadOnlyList<string> SymmetricAlgorithms = ["HS256", "HS384", "HS512"];
}
