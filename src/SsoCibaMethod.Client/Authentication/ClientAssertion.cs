using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Makes a new assertion for every request, every poll included (OpenID Connect Core §9: <c>jti</c> is used once).</summary>
internal sealed class ClientAssertion(SigningCredentials key, ClientAssertionForm form)
{
    // Long enough for a slow network, short enough to be worthless when stolen.
    private const int LifetimeSeconds = 60;

    // What the claims that change take at most.
    private const int ChangingClaims = 160;

    private static readonly string AssertionType = Uri.EscapeDataString("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

    // Made once: nearly always a client has one id, and one audience.
    private Constants? _constants;

    public void AddTo(in ClientAuthentication.Target target)
    {
        // The OP identifies the client by the assertion; client_id beside it must agree (RFC 7521 §4.2) and some OPs ask for it.
        target.Form.Ensure("client_id", target.ClientId);
        target.Form.AddConfidential("client_assertion", Create(target));
        target.Form.AddEncoded("client_assertion_type", AssertionType);
    }

    private string Create(in ClientAuthentication.Target target)
    {
        var audience = form.Audience switch
        {
            ClientAssertionAudience.TokenEndpoint => target.TokenEndpoint.OriginalString,
            ClientAssertionAudience.Endpoint => target.Endpoint.OriginalString,
            _ => target.Issuer,
        };
        var constants = _constants;
        if (constants?.ClientId != target.ClientId || constants.Audience != audience)
        {
            _constants = constants = new Constants(target.ClientId, audience, SignedJwt.Header(form.Type, key));
        }

        var issuedAt = target.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new byte[constants.Claims.Length + ChangingClaims];
        constants.Claims.CopyTo(claims, 0);
        _ = Utf8.TryWrite(
            claims.AsSpan(constants.Claims.Length),
            CultureInfo.InvariantCulture,
            $$""","iat":{{issuedAt}},"exp":{{issuedAt + LifetimeSeconds}},"jti":"{{SignedJwt.NewId()}}"}""",
            out var changing);
        return SignedJwt.Sign(constants.Header, claims.AsSpan(0, constants.Claims.Length + changing), key);
    }

    private sealed record Constants(string ClientId, string Audience, string Header)
    {
        // An object that the changing claims go on with and close.
        public byte[] Claims { get; } = System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            [JwtRegisteredClaimNames.Iss] = ClientId,
            [JwtRegisteredClaimNames.Sub] = ClientId,
            [JwtRegisteredClaimNames.Aud] = Audience,
        }.ToJsonString()[..^1]);
    }
}
