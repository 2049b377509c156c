using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Metadata;

/// <summary>The public keys (RFC 7517 §5).</summary>
internal static class JwksEndpoint
{
    public const string Path = "/jwks";

    public static Task HandleAsync(HttpContext context) =>
        Answer.JsonAsync(context, context.RequestServices.GetRequiredService<CibaSimulator>().Keys.ToJwks());
}
