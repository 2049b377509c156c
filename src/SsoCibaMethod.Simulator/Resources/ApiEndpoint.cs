using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Resources;

/// <summary>
/// A small API that needs a token made for it (<c>resource={issuer}/api</c>), to try out what a client was given: it answers what the token allows.
/// </summary>
internal static class ApiEndpoint
{
    public const string Path = "/api";

    private static readonly string[] Shown = ["sub", "client_id", "scope", "aud", "authorization_details", "cnf"];

    public static async Task HandleAsync(HttpContext context)
    {
        var simulator = context.RequestServices.GetRequiredService<CibaSimulator>();
        var issuer = MountPoint.IssuerOf(context.Request, Path, simulator.Options);
        var (token, error) = await AccessTokenCheck.CheckAsync(context, issuer, simulator);
        if (error is null && !Audiences(token!).Contains(issuer + Path))
        {
            error = ResourceError.InvalidToken("The access token is for another resource.", byDPoP: false);
        }

        await (error is not null
            ? error.SendAsync(context)
            : Answer.JsonAsync(context, new JsonObject(Shown.Where(token!.Has).Select(name =>
                KeyValuePair.Create(name, JsonNode.Parse(token!.Claims.GetProperty(name).GetRawText()))))));
    }

    private static IEnumerable<string?> Audiences(StrictJwt token) => token.Claims.GetProperty("aud") is { ValueKind: JsonValueKind.Array } many
        ? many.EnumerateArray().Select(one => one.GetString())
        : [token.Text("aud")];
}
