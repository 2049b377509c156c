using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Makes a new assertion for every request, every poll included (OpenID Connect Core §9: <c>jti</c> is used once).</summary>
internal sealed class ClientAssertion(SigningCredentials key, ClientAssertionForm form)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Long enough for a slow network, short enough to be worthless when stolen.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public void AddTo(in ClientAuthentication.Target target)
    {
        // The OP identifies the client by the assertion; client_id beside it must agree (RFC 7521 §4.2) and some OPs ask for it.
        target.Form.Ensure("client_id", target.ClientId);
        target.Form.AddConfidential("client_assertion", Create(target));
        target.Form.Add("client_assertion_type", AssertionType);
    }

    private string Create(in ClientAuthentication.Target target) => Handler.CreateToken(new SecurityTokenDescriptor
    {
        TokenType = form.Type,
        SigningCredentials = key,
        Issuer = target.ClientId,
        Audience = form.Audience switch
        {
            ClientAssertionAudience.TokenEndpoint => target.TokenEndpoint.OriginalString,
            ClientAssertionAudience.Endpoint => target.Endpoint.OriginalString,
            _ => target.Issuer,
        },
        IssuedAt = target.Now.UtcDateTime,
        Expires = target.Now.UtcDateTime + Lifetime,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Sub] = target.ClientId,
            [JwtRegisteredClaimNames.Jti] = SignedJwt.NewId(),
        },
    });
}
