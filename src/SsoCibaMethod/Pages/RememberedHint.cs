using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>
/// The hint that a user wants remembered on this device: in a protected cookie, which only a sign-in sets, so that it holds no mistake. The page shows it masked
/// and can have it forgotten.
/// </summary>
internal static class RememberedHint
{
    /// <summary>The form's field: the ticked box, or the form of a hint remembered before.</summary>
    public const string Field = "remember";

    public const string Wanted = "yes";

    public const string Known = "known";

    private const string Kind = "CibaHint";

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>The hint that the page is about: it names one and has no field for another.</summary>
    public static async Task<CibaLoginHint?> FindAsync(LoginFlow flow)
    {
        var isAsked = !HttpMethods.IsPost(flow.Context.Request.Method) || await flow.FieldAsync(Field) == Known;
        return isAsked && flow.State.LoginHint is null && Read(flow) is { } hint ? new CibaLoginHint.Plain(hint) : null;
    }

    public static async Task<bool> IsWantedAsync(LoginFlow flow) => IsOn(flow) && await flow.FieldAsync(Field) is Wanted or Known;

    /// <summary>What is to be remembered: what the user typed, now or when it was remembered, and not what the host makes of it; <see langword="null"/> where nothing is.</summary>
    /// <param name="flow">The request.</param>
    /// <param name="typed">What was typed now.</param>
    public static async Task<string?> WantedAsync(LoginFlow flow, string? typed) => await IsWantedAsync(flow) ? typed ?? Read(flow) : null;

    public static void Write(LoginFlow flow, PendingLogin login)
    {
        if (IsOn(flow) && login.Details.HintToRemember is { } hint)
        {
            var shape = flow.Cookies.Shape();
            shape.MaxAge = KeptFor;
            var text = string.Create(CultureInfo.InvariantCulture, $"{flow.Logins.Now.ToUnixTimeSeconds()}\n{hint}");
            flow.Context.Response.Cookies.Append(flow.Cookies.Name(Kind), Protector(flow).Protect(text), shape);
        }
    }

    public static async Task ForgetAsync(LoginFlow flow)
    {
        if (await flow.IsAntiforgeryValidAsync())
        {
            flow.Context.Response.Cookies.Delete(flow.Cookies.Name(Kind), flow.Cookies.Shape());
        }

        flow.Redirect(flow.Link(number: null));
    }

    private static bool IsOn(LoginFlow flow) => flow.Options.LoginHint.Remember && !flow.IsRegistered;

    private static IDataProtector Protector(LoginFlow flow) => flow.Protector.CreateProtector(Kind);

    private static string? Read(LoginFlow flow)
    {
        if (!IsOn(flow) || flow.Context.Request.Cookies[flow.Cookies.Name(Kind)] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            // A browser may keep a cookie longer than it was told to.
            return Protector(flow).Unprotect(cookie).Split('\n') is [var written, var hint]
                && DateTimeOffset.FromUnixTimeSeconds(long.Parse(written, CultureInfo.InvariantCulture)) + KeptFor > flow.Logins.Now ? hint : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
