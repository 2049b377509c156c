using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Methods;

/// <summary>Keeps the settings of a file that are JSON themselves as they were written: flattened, a number could not be told from a text, nor an empty list from none.</summary>
internal static class JsonInFile
{
    private static readonly JsonDocumentOptions AsTheFrameworkReads = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Puts the texts of such settings in the place of what they were flattened into.</summary>
    /// <param name="flat">The file as configuration.</param>
    /// <param name="file">The file.</param>
    public static void Keep(IDictionary<string, string?> flat, ReadOnlyMemory<byte> file)
    {
        using var document = JsonDocument.Parse(file, AsTheFrameworkReads);
        Keep(flat, document.RootElement, path: "");
    }

    private static void Keep(IDictionary<string, string?> flat, JsonElement element, string path)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = path.Length == 0 ? member.Name : ConfigurationPath.Combine(path, member.Name);
            if (CibaSettings.All.Any(setting => setting.Kind == CibaSettingKind.Json && string.Equals(setting.Name, member.Name, StringComparison.OrdinalIgnoreCase)))
            {
                foreach (var below in flat.Keys.Where(key => key.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).ToList())
                {
                    _ = flat.Remove(below);
                }

                flat[name] = member.Value.GetRawText();
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Keep(flat, member.Value, name);
            }
        }
    }
}
