using System.Text;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Clients;

/// <summary>A JWT by which a client authenticates (RFC 7523 §3, OpenID Connect Core §9): its rules, strictly.</summary>
internal sealed class ClientAssertion(StrictJwt jwt)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    public string? Subject => jwt.Text("sub");

    public string Jti => jwt.Text("jti") ?? "";

    public DateTimeOffset Expires => DateTimeOffset.FromUnixTimeSeconds(jwt.Seconds("exp") ?? 0);

    public static ClientAssertion? Parse(string? assertion) => StrictJwt.Parse(assertion) is { } jwt ? new(jwt) : null;

    /// <summary>What is wrong with the assertion, or <see langword="null"/>.</summary>
    public async Task<string?> FaultAsync(CibaSimulatorClient client, string issuer, DateTimeOffset now) =>
        HeaderFault() ?? ClaimsFault(client, issuer, now) ?? await SignatureFaultAsync(client);

    /// <summary>An explicit type that names another kind of JWT is refused, none at all is not (RFC 8725 §3.11).</summary>
    private string? HeaderFault() =>
        jwt.IsCritical ? "The assertion has critical headers."
        : jwt.Type is null or "" or "JWT" or "jwt" or "client-authentication+jwt" ? null
        : "The assertion has the type of another kind of JWT.";

    private string? ClaimsFault(CibaSimulatorClient client, string issuer, DateTimeOffset now)
    {
        // The issuer, alone and as a string: an endpoint or a list lets one server replay at another what was meant for it (CVE-2025-27370).
        if (jwt.Text("aud") != issuer)
        {
            return "The audience of the assertion is not the issuer, as one string.";
        }

        if (jwt.Text("iss") != client.ClientId || jwt.Text("sub") != client.ClientId)
        {
            return "The issuer and the subject of the assertion are not both the client.";
        }

        var second = now.ToUnixTimeSeconds();
        if (jwt.Seconds("exp") is not { } exp || exp <= second || exp > second + (long)LongestLife.TotalSeconds)
        {
            return "The assertion has expired, lives longer than an hour, or does not say.";
        }

        if (jwt.Seconds("nbf") > second || jwt.Seconds("iat") > second)
        {
            return "The assertion is from the future.";
        }

        return jwt.Text("jti") is null or "" ? "The assertion has no jti." : null;
    }

    private async Task<string?> SignatureFaultAsync(CibaSimulatorClient client)
    {
        var symmetric = client.AuthenticationMethod == ClientAuthenticationMethods.ClientSecretJwt;
        var good = symmetric
            ? await jwt.IsSignedByAsync([new SymmetricSecurityKey(Encoding.UTF8.GetBytes(client.Secret ?? ""))], ClientAuthenticationMethods.SymmetricAlgorithms)
            : await jwt.IsSignedByAsync(client.Keys, ClientAuthenticationMethods.AsymmetricAlgorithms);
        return good ? null : "The signature of the assertion is not valid.";
    }
}
