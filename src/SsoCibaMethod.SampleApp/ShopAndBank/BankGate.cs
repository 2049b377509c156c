using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.SampleApp.ShopAndBank;

/// <summary>Who may call the bank: the bearer of an access token of the OP (RFC 9068), made for the bank, who proves to hold the key it is bound to (RFC 9449).</summary>
internal sealed class BankGate(IHttpClientFactory http, IConfiguration settings, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new();

    private readonly ProofReader _proofs = new(time);

    // The OP's keys, fetched when the first payment comes.
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _op = new(
        $"{settings["ShopAndBank:Authority"]}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(http.CreateClient(nameof(BankGate))) { RequireHttps = false });

    /// <summary>The access token of a good request, or <see langword="null"/>.</summary>
    public async Task<JsonWebToken?> AdmitAsync(HttpContext context)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) || header is not { Scheme: "DPoP", Parameter: { } text })
        {
            return null;
        }

        var op = await _op.GetConfigurationAsync(context.RequestAborted);
        var result = await Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKeys = op.SigningKeys,
            ValidIssuer = op.Issuer,
            ValidAudience = $"{settings["ShopAndBank:Address"]}{Bank.Path}",
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid && result.SecurityToken is JsonWebToken token
            && token.TryGetPayloadValue<JsonElement>("cnf", out var confirmation)
            && confirmation.TryGetProperty("jkt", out var key)
            && await _proofs.KeyOfAsync(context.Request.Headers["DPoP"], context.Request.Method, context.Request.GetEncodedUrl(), text) is { } shown
            && shown == key.GetString()
            ? token
            : null;
    }
}
