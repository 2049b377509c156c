using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;

namespace SsoCibaMethod.Pages;

/// <summary>Another way to sign in: a scheme of the application, challenged with the same return address, or an address.</summary>
internal static class OtherWay
{
    public const string Route = "/other";

    private const string SchemeParameter = "to";

    public static string LinkTo(LoginFlow flow, string target) => IsAddress(target)
        ? target.Replace("{returnUrl}", Uri.EscapeDataString(ReturnUrl(flow)), StringComparison.Ordinal)
        : QueryHelpers.AddQueryString(flow.Link(number: null, Route), SchemeParameter, target);

    /// <summary>Leads to the scheme that the address names, where the method's settings name it too.</summary>
    /// <returns>Whether it did.</returns>
    public static async Task<bool> TryGoAsync(LoginFlow flow)
    {
        var scheme = flow.Context.Request.Query[SchemeParameter].ToString();
        if (IsAddress(scheme) || !flow.Options.Page.OtherWays.Values.Contains(scheme, StringComparer.Ordinal))
        {
            return false;
        }

        await flow.Context.ChallengeAsync(scheme, new AuthenticationProperties { RedirectUri = ReturnUrl(flow) });
        return true;
    }

    private static bool IsAddress(string target) => target.StartsWith('/') || target.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static string ReturnUrl(LoginFlow flow) => flow.State.Properties.RedirectUri ?? flow.Home;
}
