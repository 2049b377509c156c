using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client.Tests;

/// <summary>One of each way a client proves itself.</summary>
internal static class Authentications
{
    public static IReadOnlyList<ClientAuthentication> All =>
    [
        new ClientSecretBasic(TestKeys.Secret),
        new ClientSecretPost(TestKeys.Secret),
        new ClientSecretJwt(TestKeys.Secret),
        PrivateKey(),
    ];

    public static PrivateKeyJwt PrivateKey(string algorithm = "ES256", ClientAssertionForm? form = null)
    {
        SecurityKey key = algorithm[0] == 'E' ? new ECDsaSecurityKey(TestKeys.P256) : new RsaSecurityKey(TestKeys.Rsa);
        key.KeyId = "client-key";
        return new PrivateKeyJwt(new SigningCredentials(key, algorithm), form);
    }
}
