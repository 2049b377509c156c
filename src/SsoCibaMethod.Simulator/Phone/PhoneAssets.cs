using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Simulator.Phone;

/// <summary>The style sheet, the script and the icon, embedded; their address holds their hash, so a browser may keep them for ever.</summary>
internal static class PhoneAssets
{
    public const string Path = "/phone/assets/{hash}/{name}";

    private static readonly Dictionary<string, (byte[] Content, string Type)> Files = new(StringComparer.Ordinal)
    {
        ["phone.css"] = (Read("phone.css"), "text/css; charset=utf-8"),
        ["phone.js"] = (Read("phone.js"), "text/javascript; charset=utf-8"),
        ["phone.svg"] = (Read("phone.svg"), "image/svg+xml"),
    };

    private static readonly string Hash =
        Convert.ToHexStringLower(SHA256.HashData([.. Files.Values.SelectMany(file => file.Content)]).AsSpan(0, 6));

    public static string AddressOf(string mount, string name) => $"{mount}/phone/assets/{Hash}/{name}";

    public static Task HandleAsync(HttpContext context)
    {
        if (!Files.TryGetValue((string)context.Request.RouteValues["name"]!, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // Under an old hash the new file must not settle down.
        var current = (string?)context.Request.RouteValues["hash"] == Hash;
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Content.Length;
        context.Response.Headers.CacheControl = current ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.Body.WriteAsync(file.Content, context.RequestAborted).AsTask();
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(PhoneAssets).Assembly.GetManifestResourceStream($"phone/{name}")!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
