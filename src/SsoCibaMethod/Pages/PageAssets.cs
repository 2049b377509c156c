using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Pages;

/// <summary>The style sheet, the script and the icon: embedded, each named after its content, so that browsers may keep them for ever.</summary>
internal sealed class PageAssets(PathString root, PageLook look)
{
    private const string Prefix = "ciba.assets.";

    private static readonly FrozenDictionary<string, PageAsset> ByName = Read();
    private static readonly FrozenDictionary<string, PageAsset> ByHashedName = ByName.Values.ToFrozenDictionary(asset => asset.HashedName, StringComparer.Ordinal);

    /// <summary>The host's picture, where there is one.</summary>
    public string? Logo => At(look.Logo);

    /// <summary>The style sheet with the host's colours, where there are any.</summary>
    public string? Colours => At(look.StyleSheet);

    public string this[string name] => At(ByName[name].HashedName)!;

    public static async Task<bool> TryServeAsync(HttpContext context, PathString name)
    {
        if (!ByHashedName.TryGetValue(name.Value!.TrimStart('/'), out var asset))
        {
            return false;
        }

        await asset.WriteAsync(context);
        return true;
    }

    private string? At(string? hashedName) => hashedName is null ? null : $"{root.ToUriComponent()}/assets/{hashedName}";

    private static FrozenDictionary<string, PageAsset> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                return PageAsset.Create(name[Prefix.Length..], content);
            },
            StringComparer.Ordinal);
    }
}
