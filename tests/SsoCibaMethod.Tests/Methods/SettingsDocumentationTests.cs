using System.Text.Json;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Tests.Methods;

public class SettingsDocumentationTests
{
    [Fact]
    public void The_JSON_schema_has_every_setting_and_no_other()
    {
        using var schema = JsonDocument.Parse(Repository.Read("config", "ciba.schema.json"));

        var described = Names(schema.RootElement.GetProperty("$defs").GetProperty("method"), "").Order(StringComparer.Ordinal);
        Assert.Equal(CibaSettings.All.Select(setting => setting.Name).Order(StringComparer.Ordinal), described);
    }

    [Fact]
    public void The_README_of_config_explains_every_setting()
    {
        var readme = Repository.Read("config", "README.md");

        Assert.All(CibaSettings.All, setting => Assert.Contains($"`{setting.Name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void The_shipped_settings_have_no_fault()
    {
        var settings = new Dictionary<string, string?>();
        Flatten(JsonDocument.Parse(Repository.Read("config", "ciba.json"), new() { CommentHandling = JsonCommentHandling.Skip }).RootElement, "", settings);
        _ = settings.Remove("$schema");
        using var shipped = new MethodSettings(settings);

        Assert.All(shipped.Catalog.All, method => Assert.Empty(method.Faults));
        Assert.NotEmpty(shipped.Catalog.All);
    }

    // What may be written as a value or as an object is a setting of its own beside those below it.
    private static IEnumerable<string> Names(JsonElement schema, string prefix) => schema.GetProperty("properties").EnumerateObject()
        .SelectMany(property => property.Value.TryGetProperty("properties", out _)
            ? Names(property.Value, prefix + property.Name + ":").Concat(property.Value.GetProperty("type").ValueKind == JsonValueKind.Array ? [prefix + property.Name] : [])
            : [prefix + property.Name]);

    private static void Flatten(JsonElement element, string path, Dictionary<string, string?> into)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}:{property.Name}", into);
                }

                break;
            case JsonValueKind.Array:
                for (var i = 0; i < element.GetArrayLength(); i++)
                {
                    Flatten(element[i], $"{path}:{i}", into);
                }

                break;
            default:
                into[path] = element.ToString();
                break;
        }
    }
}
