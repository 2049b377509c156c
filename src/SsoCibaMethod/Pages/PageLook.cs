using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Pages;

/// <summary>What one method's page has of its own, served beside the common assets and named after its content too: the logo, and a style sheet with the colours.</summary>
internal sealed class PageLook(CibaPageOptions page)
{
    // A picture is no document: opened by itself, an SVG runs nothing and loads nothing.
    private const string PicturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private readonly Lazy<PageAsset?> _logo = new(() => ReadLogo(page.Logo));
    private readonly Lazy<PageAsset?> _colours = new(() => Colours(page));

    /// <summary>The hashed name of the logo; <see langword="null"/> where there is none, or it cannot be read.</summary>
    public string? Logo => _logo.Value?.HashedName;

    /// <summary>The hashed name of the style sheet; <see langword="null"/> where the colours are ours.</summary>
    public string? StyleSheet => _colours.Value?.HashedName;

    public async Task<bool> TryServeAsync(HttpContext context, PathString name)
    {
        var wanted = name.Value!.TrimStart('/');
        if (new[] { _logo.Value, _colours.Value }.FirstOrDefault(asset => asset?.HashedName == wanted) is not { } found)
        {
            return false;
        }

        context.Response.Headers.ContentSecurityPolicy = PicturePolicy;
        await found.WriteAsync(context);
        return true;
    }

    private static PageAsset? ReadLogo(string? path)
    {
        try
        {
            return path is null ? null : PageAsset.Create("logo" + Path.GetExtension(path).ToLowerInvariant(), File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // The settings' own rules tell of it; a page never fails for a picture.
            return null;
        }
    }

    private static PageAsset? Colours(CibaPageOptions page)
    {
        var rules = string.Concat(Rule("light", page.Accent), Rule("dark", page.AccentDark));
        return rules.Length == 0 ? null : PageAsset.Create("accent.css", Encoding.ASCII.GetBytes(rules));
    }

    // Only what the settings' rules found to be a colour: nothing else may stand in a style sheet.
    private static string Rule(string scheme, string? colour) => colour is ['#', _, _, _, _, _, _] && colour.Skip(1).All(char.IsAsciiHexDigit)
        ? $"@media (prefers-color-scheme:{scheme}){{:root{{--accent:{colour}}}}}"
        : "";
}

/// <summary>A file of the page in memory, named after its content, so that browsers may keep it for ever.</summary>
internal sealed record PageAsset(string HashedName, string ContentType, byte[] Content)
{
    public static PageAsset Create(string file, byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        return new PageAsset($"{Path.GetFileNameWithoutExtension(file)}.{hash}{Path.GetExtension(file)}", TypeOf(Path.GetExtension(file)), content);
    }

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = Content.Length;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(Content, context.RequestAborted);
        }
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".webp" => "image/webp",
        _ => throw new InvalidOperationException($"An asset of an unknown kind: {extension}."),
    };
}
