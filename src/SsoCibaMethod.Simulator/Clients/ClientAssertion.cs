using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Clients;

/// <summary>A JWT by which a client authenticates (RFC 7523 §3, OpenID Connect Core §9): its rules, strictly.</summary>
internal sealed class ClientAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);
    private static readonly JsonWebTokenHandler Handler = new();
    private readonly JsonWebToken _token;
    private readonly JsonElement _claims;

    private ClientAssertion(JsonWebToken token, JsonElement claims)
    {
        _token = token;
        _claims = claims;
    }

    public string? Subject => Text("sub");

    public string Jti => Text("jti") ?? "";

    public DateTimeOffset Expires => DateTimeOffset.FromUnixTimeSeconds(Seconds("exp") ?? 0);

    public static ClientAssertion? Parse(string assertion)
    {
        try
        {
            var token = new JsonWebToken(assertion);
            using var claims = JsonDocument.Parse(
                Base64UrlEncoder.DecodeBytes(token.EncodedPayload),
                new JsonDocumentOptions { AllowDuplicateProperties = false });
            return claims.RootElement.ValueKind is JsonValueKind.Object ? new(token, claims.RootElement.Clone()) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with the assertion, or <see langword="null"/>.</summary>
    public async Task<string?> FaultAsync(CibaSimulatorClient client, string issuer, DateTimeOffset now) =>
        HeaderFault() ?? ClaimsFault(client, issuer, now) ?? await SignatureFaultAsync(client);

    /// <summary>An explicit type that names another kind of JWT is refused, none at all is not (RFC 8725 §3.11).</summary>
    private string? HeaderFault() =>
        _token.TryGetHeaderValue<JsonElement>("crit", out _) ? "The assertion has critical headers."
        : _token.Typ is null or "" or "JWT" or "jwt" or "client-authentication+jwt" ? null
        : "The assertion has the type of another kind of JWT.";

    private string? ClaimsFault(CibaSimulatorClient client, string issuer, DateTimeOffset now)
    {
        // The issuer, alone and as a string: an endpoint or a list lets one server replay at another what was meant for it (CVE-2025-27370).
        if (Text("aud") != issuer)
        {
            return "The audience of the assertion is not the issuer, as one string.";
        }

        if (Text("iss") != client.ClientId || Text("sub") != client.ClientId)
        {
            return "The issuer and the subject of the assertion are not both the client.";
        }

        var second = now.ToUnixTimeSeconds();
        if (Seconds("exp") is not { } exp || exp <= second || exp > second + (long)LongestLife.TotalSeconds)
        {
            return "The assertion has expired, lives longer than an hour, or does not say.";
        }

        if (Seconds("nbf") > second || Seconds("iat") > second)
        {
            return "The assertion is from the future.";
        }

        return Text("jti") is null or "" ? "The assertion has no jti." : null;
    }

    private async Task<string?> SignatureFaultAsync(CibaSimulatorClient client)
    {
        var symmetric = client.AuthenticationMethod == ClientAuthenticationMethods.ClientSecretJwt;
        IEnumerable<SecurityKey> keys = symmetric
            ? [new SymmetricSecurityKey(Encoding.UTF8.GetBytes(client.Secret ?? ""))]
            : client.Keys.Where(key => string.IsNullOrEmpty(_token.Kid) || string.IsNullOrEmpty(key.KeyId) || key.KeyId == _token.Kid);
        var result = await Handler.ValidateTokenAsync(_token, new TokenValidationParameters
        {
            IssuerSigningKeyResolver = (_, _, _, _) => keys,
            ValidAlgorithms = symmetric ? ClientAuthenticationMethods.SymmetricAlgorithms : ClientAuthenticationMethods.AsymmetricAlgorithms,
            TryAllIssuerSigningKeys = false,
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        return result.IsValid ? null : "The signature of the assertion is not valid.";
    }

    private string? Text(string name) =>
        _claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private long? Seconds(string name) =>
        _claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number)
            && number is >= 0 and < 253402300799
            ? (long)number
            : null;
}
