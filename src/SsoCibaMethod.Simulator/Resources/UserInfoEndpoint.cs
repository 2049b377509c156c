using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator.Tokens;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Resources;

/// <summary>Tells the client who the user is (OpenID Connect Core §5.3).</summary>
internal static class UserInfoEndpoint
{
    public const string Path = "/userinfo";

    public static async Task HandleAsync(HttpContext context)
    {
        var simulator = context.RequestServices.GetRequiredService<CibaSimulator>();
        var (token, error) = await AccessTokenCheck.CheckAsync(context, MountPoint.IssuerOf(context.Request, Path, simulator.Options), simulator);
        var scope = token?.Text("scope")?.Split(' ') ?? [];
        if (error is null && !scope.Contains("openid"))
        {
            error = new("insufficient_scope", "The access token lacks the scope openid.", ByDPoP: false, StatusCodes.Status403Forbidden);
        }

        var account = simulator.Options.Accounts.FirstOrDefault(candidate => candidate.Subject == token?.Text("sub"));
        if (error is null && account is null)
        {
            error = ResourceError.InvalidToken("The account is gone.", byDPoP: false);
        }

        await (error is not null ? error.SendAsync(context) : Answer.JsonAsync(context, ClaimsOf(account!, scope)));
    }

    private static JsonObject ClaimsOf(CibaSimulatorAccount account, IReadOnlyList<string> scope)
    {
        var claims = JsonSerializer.SerializeToNode(UserClaims.Of(account, scope))!.AsObject();
        foreach (var (name, value) in account.UserInfo)
        {
            claims[name] = value?.DeepClone();
        }

        return claims;
    }
}
