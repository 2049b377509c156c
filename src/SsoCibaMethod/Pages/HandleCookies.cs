using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Pages;

/// <summary>
/// The cookies that bind a login to the browser that started it: one an attempt, so that two tabs do not disturb each other. Over https they
/// carry the prefix <c>__Host-</c>, which no other host and no plain http can set.
/// </summary>
internal sealed class HandleCookies(HttpContext context, string scheme, CibaOptions options, PathString pathBase, DateTimeOffset now)
{
    private const int MaximumAttempts = 5;
    private const string HostPrefix = "__Host-";
    private const string Kind = "Ciba";
    private const int OwnerLength = 8;

    private readonly string _prefix = Name(context, Kind, scheme, pathBase) + ".";

    /// <summary>The handle of an attempt, if this browser started it.</summary>
    public string? Find(string number) => context.Request.Cookies[_prefix + number]?.Split('.')[0] is { Length: > 0 } handle ? handle : null;

    public void Add(string number, string handle)
    {
        var value = $"{handle}.{now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";
        context.Response.Cookies.Append(_prefix + number, value, Shape());
        var others = context.Request.Cookies.Where(cookie => cookie.Key.StartsWith(_prefix, StringComparison.Ordinal) && cookie.Key != _prefix + number);
        foreach (var old in others.OrderByDescending(cookie => BegunAt(cookie.Value)).Skip(MaximumAttempts - 1))
        {
            context.Response.Cookies.Delete(old.Key, Shape());
        }
    }

    public void Remove(string number) => context.Response.Cookies.Delete(_prefix + number, Shape());

    /// <summary>The name of another cookie of this method.</summary>
    public string Name(string kind) => Name(context, kind, scheme, pathBase);

    private static long BegunAt(string value) =>
        value.Split('.') is [_, var begun] && long.TryParse(begun, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;

    // With Path=/ the name has to tell the methods of one host apart.
    private static string Name(HttpContext context, string kind, string scheme, PathString pathBase) =>
        $"{(context.Request.IsHttps ? HostPrefix : "")}{kind}.{OwnerOf(scheme, pathBase)}";

    /// <summary>By which the cookies of a method are told apart.</summary>
    public static string OwnerOf(string scheme, PathString pathBase) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{scheme}\n{pathBase}")).AsSpan(0, 6));

    /// <summary>The owners, whether methods of this application or not, at which a browser has begun a login under a number.</summary>
    public static IReadOnlyCollection<string> OwnersOf(HttpContext context, string number) =>
    [
        .. context.Request.Cookies.Keys.Where(name => name.EndsWith(number, StringComparison.Ordinal))
            .Select(name => (name.StartsWith(HostPrefix, StringComparison.Ordinal) ? name[HostPrefix.Length..] : name).Split('.'))
            .Where(parts => parts is [Kind, { Length: OwnerLength }, var attempt] && attempt == number)
            .Select(parts => parts[1]),
    ];

    /// <summary>What cookies of this method have in common; they end with the browser's session.</summary>
    /// <param name="isForChallenges">Whether the application's other addresses, which challenge, see it too.</param>
    public CookieOptions Shape(bool isForChallenges = false)
    {
        var cookie = options.CorrelationCookie.Build(context, now);
        cookie.HttpOnly = true;
        cookie.Domain = null;
        cookie.Expires = null;
        cookie.MaxAge = null;
        var narrowest = isForChallenges ? pathBase : pathBase.Add(options.CallbackPath);
        cookie.Path = context.Request.IsHttps || !narrowest.HasValue ? "/" : narrowest.ToUriComponent();
        cookie.Secure |= context.Request.IsHttps;
        return cookie;
    }
}
