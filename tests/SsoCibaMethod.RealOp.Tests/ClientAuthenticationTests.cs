using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>Every way a client proves itself, as the OP saw it at both endpoints.</summary>
[Collection(nameof(PoliteRun))]
public sealed class ClientAuthenticationTests(PoliteRun run)
{
    [RealOpFact]
    [Trait("Spec", "U-9")]
    [Trait("Spec", "C-10")]
    public void EachSignsItsUserIn() =>
        Assert.All(run.Kinds, kind => Assert.Equal($"user-of-{kind.Name}", run.Users[kind.Name].Principal!.FindFirst("sub")?.Value));

    [RealOpFact]
    [Trait("Spec", "T-4")]
    public void IdTokenIsSignedAsTheSettingSays() => Assert.All(run.Kinds, kind =>
        Assert.Equal(kind.Registration.IdTokenSigningAlgorithm, new JsonWebToken(run.Users[kind.Name].Properties!.GetTokenValue("id_token")).Alg));

    [RealOpFact]
    [Trait("Spec", "T-21")]
    [Trait("Spec", "T-23")]
    [Trait("Spec", "T-24")]
    public void AudienceIsTheIssuerAloneAsText() => Assert.All(run.Assertions, assertion =>
    {
        Assert.Equal(run.Issuer, Assert.Single(assertion.Audience));
        Assert.False(assertion.AudienceIsList);
    });

    [RealOpFact]
    [Trait("Spec", "T-22")]
    public void TypeIsExplicit() => Assert.All(run.Assertions, assertion => Assert.Equal("client-authentication+jwt", assertion.Type));

    [RealOpFact]
    [Trait("Spec", "T-25")]
    public void EveryRequestHasAnAssertionOfItsOwnThatLivesBriefly()
    {
        Assert.All(run.Assertions, assertion =>
        {
            Assert.False(assertion.Duplicate);
            Assert.False(string.IsNullOrEmpty(assertion.Jti));
            Assert.InRange(assertion.Lifetime!.Value, 1, 60);
        });

        // Both endpoints were called with one, by every client that has any.
        foreach (var name in new[] { "secret-jwt", "pem", "pfx", "jwk" })
        {
            Assert.Contains(run.Assertions, assertion => assertion.Client == name && assertion.Endpoint == "backchannel_authentication");
            Assert.Contains(run.Assertions, assertion => assertion.Client == name && assertion.Endpoint == "token");
        }
    }

    [RealOpFact]
    [Trait("Spec", "U-9")]
    public void KeyFileDecidesAlgorithmAndKeyId() => Assert.Equal(
        [("jwk", "RS256", "key-of-jwk"), ("pem", "ES256", "key-of-pem"), ("pfx", "PS256", null), ("secret-jwt", "HS256", null)],
        run.Assertions.Select(assertion => (assertion.Client!, assertion.Algorithm!, assertion.KeyId)).Distinct().OrderBy(one => one.Item1, StringComparer.Ordinal));
}
