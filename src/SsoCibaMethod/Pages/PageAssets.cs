using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Pages;

/// <summary>The style sheet, the script and the icon: embedded, each named after its content, so that browsers may keep them for ever.</summary>
internal sealed class PageAssets
{
    private const string Prefix = "ciba.assets.";

    private static readonly FrozenDictionary<string, Asset> ByName = Read();
    private static readonly FrozenDictionary<string, Asset> ByHashedName = ByName.Values.ToFrozenDictionary(asset => asset.HashedName, StringComparer.Ordinal);

    private readonly string _root;

    public PageAssets(PathString root) => _root = root.ToUriComponent();

    public string this[string name] => $"{_root}/assets/{ByName[name].HashedName}";

    public static async Task<bool> TryServeAsync(HttpContext context, PathString name)
    {
        if (!ByHashedName.TryGetValue(name.Value!.TrimStart('/'), out var asset))
        {
            return false;
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = asset.Content.Length;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(asset.Content, context.RequestAborted);
        }

        return true;
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                var file = name[Prefix.Length..];
                var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
                return new Asset($"{Path.GetFileNameWithoutExtension(file)}.{hash}{Path.GetExtension(file)}", ContentType(Path.GetExtension(file)), content);
            },
            StringComparer.Ordinal);
    }

    private static string ContentType(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"An asset of an unknown kind: {extension}."),
    };

    private sealed record Asset(string HashedName, string ContentType, byte[] Content);
}
