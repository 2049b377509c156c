using SsoCibaMethod.Client;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The clients of the run over TLS: every client authentication with both delivery modes.</summary>
internal static class TlsMatrix
{
    public static readonly IReadOnlyList<string> Authentications =
        ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt"];

    public static readonly IReadOnlyList<string> Modes = ["poll", "ping"];

    public static IReadOnlyList<TlsMethod> All(TlsOp tls, TemporaryFolder folder)
    {
        _ = tls;
        var pem = ClientKeyFile.EcPem(folder, "key");
        return [.. Authentications.SelectMany(authentication => Modes.Select(mode => Of(authentication, mode, pem)))];
    }

    private static TlsMethod Of(string authentication, string mode, ClientKeyFile keys) => new(
        $"{authentication}-{mode}",
        callback => new($"{authentication}-{mode}")
        {
            ClientSecret = CibaHost.Secret,
            AuthenticationMethod = authentication,
            DeliveryMode = mode,
            NotificationEndpoint = mode == "ping" ? $"{callback}/notification" : null,
            KeySet = keys.PublicKeySet,
        },
        options =>
        {
            options.TokenDeliveryMode = mode == "ping" ? TokenDeliveryMode.Ping : TokenDeliveryMode.Poll;
            options.ClientSecret = CibaHost.Secret;
            options.ClientAuthentication.Method = authentication;
            options.ClientAuthentication.Key = authentication == "private_key_jwt" ? keys.Path : null;
            options.ClientAuthentication.KeyId = "key";
        })
    {
        IsPing = mode == "ping",
    };
}
