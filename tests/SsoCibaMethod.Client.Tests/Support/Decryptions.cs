using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What a client of these tests can decrypt with.</summary>
internal static class Decryptions
{
    public static IdTokenDecryption All => new() { Keys = [Key(TestJwe.Rsa), Key(TestJwe.P256), Key(TestJwe.P384), Key(TestJwe.P521)] };

    public static SecurityKey Key(System.Security.Cryptography.RSA key, string? id = null) => new RsaSecurityKey(key) { KeyId = id };

    public static SecurityKey Key(System.Security.Cryptography.ECDsa key, string? id = null) => new ECDsaSecurityKey(key) { KeyId = id };

    public static IdTokenResult Validate(string idToken, IdTokenDecryption? decryption = null, bool isPushed = false, string? refreshToken = null) => Provider.Validator(decryption ?? All).Validate(
        Stage.Tokens(idToken, refreshToken),
        new IdTokenExpectation { RequestedAt = TestToken.RequestedAt, AuthReqId = TestToken.AuthReqId, IsPushed = isPushed },
        Provider.Metadata());
}
