using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>What the host has of a user whom the real OP vouched for.</summary>
public sealed class TicketTests(RealOp op) : IClassFixture<RealOp>
{
    [RealOpFact]
    [Trait("Spec", "C-14")]
    [Trait("Spec", "T-11")]
    public async Task ClaimsOfTheUserAndTokensOfTheOp()
    {
        await using var host = await CibaHost.StartAsync(op, options =>
        {
            options.Scope = ["openid", "profile"];
            options.AcrValues = ["urn:example:loa2", "urn:example:loa1"];
            options.SaveTokens = true;
        });
        using var login = await UserLogin.BeginAsync(host, "alice");
        var request = await op.WaitForRequestAsync("alice");
        Assert.Equal("urn:example:loa2 urn:example:loa1", request.AcrValues);
        await op.ApproveAsync("alice");
        Assert.Equal("approved", await login.EndAsync());

        var user = host.Users["app"];
        Assert.Equal("alice", user.Principal!.Identity!.Name);
        Assert.Equal("alice", user.Principal.FindFirstValue("sub"));
        Assert.Equal("urn:example:loa2", user.Principal.FindFirstValue("acr"));
        Assert.Equal("pop", user.Principal.FindFirstValue("amr"));
        Assert.Null(user.Principal.FindFirst(ClaimTypes.NameIdentifier));
        string[] ofTheProtocol = ["iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "jti", "at_hash", "sid"];
        Assert.DoesNotContain(user.Principal.Claims, claim => ofTheProtocol.Contains(claim.Type) || claim.Type.StartsWith("urn:openid:params:jwt", StringComparison.Ordinal));

        var idToken = new JsonWebToken(user.Properties!.GetTokenValue("id_token"));
        Assert.Equal((op.Issuer, "alice"), (idToken.Issuer, idToken.Subject));
        Assert.NotEmpty(user.Properties!.GetTokenValue("access_token")!);
        Assert.Equal("Bearer", user.Properties!.GetTokenValue("token_type"));
        var expiresAt = DateTimeOffset.Parse(user.Properties!.GetTokenValue("expires_at")!, CultureInfo.InvariantCulture);
        Assert.InRange(expiresAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromHours(2));
    }
}
