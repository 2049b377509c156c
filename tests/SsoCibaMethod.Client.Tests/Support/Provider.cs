using System.Text;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The OP's metadata and a validator, without any wire.</summary>
internal static class Provider
{
    public static ProviderMetadata Metadata(string? keySet = null, params string[] algorithms) =>
        WithKeys(ProviderMetadataReader.ParseKeys(Encoding.UTF8.GetBytes(keySet ?? TestKeys.OfTheOp()))!, algorithms);

    public static ProviderMetadata WithKeys(IReadOnlyList<SecurityKey> keys, params string[] algorithms) => new()
    {
        Issuer = FakeOp.Issuer,
        BackchannelAuthenticationEndpoint = new Uri($"{FakeOp.Issuer}/oidc/bc-authorize"),
        TokenEndpoint = new Uri($"{FakeOp.Issuer}/oidc/token"),
        UserCodeSupported = false,
        IdTokenSigningAlgorithms = algorithms,
        SigningKeys = keys,
    };

    public static IdTokenValidator Validator(params string[] algorithms) => Validator(new ClientSecretPost(TestKeys.Secret), algorithms);

    public static IdTokenValidator Validator(IdTokenDecryption? decryption, params string[] algorithms) => new(
        new CibaClientSettings
        {
            ClientId = TestToken.ClientId,
            Authentication = new ClientSecretPost(TestKeys.Secret),
            IdTokenSigningAlgorithms = algorithms is [] ? ["PS256"] : algorithms,
            IdTokenDecryption = decryption,
        },
        new ManualTimeProvider(TestToken.Now));

    public static IdTokenValidator Validator(ClientAuthentication authentication, params string[] algorithms) => new(
        new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = authentication, IdTokenSigningAlgorithms = algorithms },
        new ManualTimeProvider(TestToken.Now));
}
