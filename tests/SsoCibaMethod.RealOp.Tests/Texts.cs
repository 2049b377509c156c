using System.Text.Json;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The texts as the administrator's file of English texts has them.</summary>
internal static class Texts
{
    private static readonly Lazy<Dictionary<string, string>> All = new(Read);

    public static string Of(string key) => All.Value[key];

    private static Dictionary<string, string> Read()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "resources", "messages.json");
            if (File.Exists(path))
            {
                return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!;
            }
        }

        throw new InvalidOperationException("There is no resources/messages.json above the tests.");
    }
}
