using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Pages;

/// <summary>
/// The cookie that binds a challenge with a hint to the browser that was challenged. Without it, somebody could send the address of their own challenge to a victim,
/// approve what the victim's press starts, and have them signed in as themselves (RFC 6749 §10.12).
/// </summary>
internal static class ChallengeCookie
{
    private const string Kind = "CibaChallenge";
    private const int SecretBytes = 32;

    /// <summary>Gives the browser its secret, the one it has already where it has one: two tabs do not disturb each other.</summary>
    /// <returns>The secret.</returns>
    public static string Give(HttpContext context, HandleCookies cookies, IDataProtector protector)
    {
        var secret = Read(context, cookies, protector) ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var shape = cookies.Shape(isForChallenges: true);
        shape.SameSite = SameSiteMode.Lax;
        shape.MaxAge = ChallengeState.ValidFor;
        context.Response.Cookies.Append(cookies.Name(Kind), protector.CreateProtector(Kind).Protect(secret), shape);
        return secret;
    }

    /// <returns>The browser's secret; <see langword="null"/> where it has none of ours.</returns>
    public static string? Read(HttpContext context, HandleCookies cookies, IDataProtector protector)
    {
        try
        {
            return context.Request.Cookies[cookies.Name(Kind)] is { Length: > 0 } text ? protector.CreateProtector(Kind).Unprotect(text) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
