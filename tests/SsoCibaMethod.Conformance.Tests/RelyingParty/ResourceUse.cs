using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>
/// What the application does with the tokens before it signs the user in: it asks the OP for the user's claims (K-5), with new tokens where the access token
/// is not taken (K-17). Without the claims nobody is signed in.
/// </summary>
internal static class ResourceUse
{
    private const int MostRefreshes = 2;

    public static IServiceCollection AddResourceUse(this IServiceCollection services, OpFacts op, ClientMaterial material)
    {
        var variant = op.Variant;
        var settings = new CibaClientSettings
        {
            ClientId = op.ClientId,
            Authentication = variant.IsMtls
                ? new TlsClientAuth()
                : new PrivateKeyJwt(PrivateKeyFile.Load(material.KeyFile(variant.SigningAlgorithm), variant.SigningAlgorithm, ClientMaterial.KeyId)),
            ClientCertificate = new ClientCertificateFile(material.CertificateFile),
            TokenDeliveryMode = variant.IsPing ? TokenDeliveryMode.Ping : TokenDeliveryMode.Poll,
            Scope = op.Scope,
            IdTokenSigningAlgorithms = ["PS256"],
        };
        return services.AddCibaClient(op.Issuer, settings, new BackchannelTransportSettings { TrustFile = material.TrustFile });
    }

    /// <summary>For <see cref="CibaEvents.OnTokenValidated"/>.</summary>
    public static async Task OnTokenValidatedAsync(TokenValidatedContext context)
    {
        var client = context.HttpContext.RequestServices.GetRequiredService<CibaClient>();
        var subject = context.Principal!.FindFirst("sub")!.Value;
        var tokens = context.Tokens;
        var answer = await client.GetUserInfoAsync(tokens, subject, context.HttpContext.RequestAborted);
        for (var i = 0; i < MostRefreshes && answer is UserInfoResponse.Refused; i++)
        {
            if (await client.RefreshAsync(tokens, subject, context.HttpContext.RequestAborted) is not RefreshResponse.Refreshed refreshed)
            {
                break;
            }

            tokens = refreshed.Tokens;
            answer = await client.GetUserInfoAsync(tokens, subject, context.HttpContext.RequestAborted);
        }

        if (answer is not UserInfoResponse.Received)
        {
            context.Fail($"The user's claims could not be had: {answer}.");
        }
    }
}
