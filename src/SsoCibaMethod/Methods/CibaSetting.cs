using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Methods;

/// <summary>One setting an administrator may write: its name, and how its text becomes a value.</summary>
internal sealed record CibaSetting(string Name, CibaSettingKind Kind, Func<CibaOptions, IConfigurationSection, string?> Apply)
{
    private const string DurationAdvice = "write a duration as \"hours:minutes:seconds\", for example \"00:00:05\"";

    public static CibaSetting Text(string name, Action<CibaOptions, string> set, CibaSettingKind kind = CibaSettingKind.Text) => new(name, kind, (options, section) =>
    {
        if (string.IsNullOrWhiteSpace(section.Value))
        {
            return "is empty; give it a value or leave it out";
        }

        set(options, section.Value.Trim());
        return null;
    });

    public static CibaSetting File(string name, Action<CibaOptions, string> set) => Text(name, set, CibaSettingKind.File);

    public static CibaSetting Flag(string name, Action<CibaOptions, bool> set) => new(name, CibaSettingKind.Flag, (options, section) =>
    {
        if (!bool.TryParse(section.Value, out var value))
        {
            return $"is \"{section.Value}\"; write true or false";
        }

        set(options, value);
        return null;
    });

    public static CibaSetting Number(string name, Action<CibaOptions, int> set) => new(name, CibaSettingKind.Number, (options, section) =>
    {
        if (!int.TryParse(section.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return $"is \"{section.Value}\"; write a whole number";
        }

        set(options, value);
        return null;
    });

    // A bare number would be read as days by the framework; here it is a fault.
    public static CibaSetting Duration(string name, Action<CibaOptions, TimeSpan> set) => new(name, CibaSettingKind.Duration, (options, section) =>
    {
        if (section.Value?.Contains(':', StringComparison.Ordinal) != true
            || !TimeSpan.TryParseExact(section.Value, "c", CultureInfo.InvariantCulture, out var value))
        {
            return $"is \"{section.Value}\"; {DurationAdvice}";
        }

        set(options, value);
        return null;
    });

    // A JSON object or array, read whole.
    public static CibaSetting Json<T>(string name, string form, Action<CibaOptions, T> set)
        where T : JsonNode => new(name, CibaSettingKind.Json, (options, section) =>
    {
        if (ConfiguredJson.Read(section) is not T value)
        {
            return $"is no {form} of JSON";
        }

        set(options, value);
        return null;
    });

    // Names the administrator chooses, each with a text.
    public static CibaSetting Map(string name, Action<CibaOptions, string, string> set, CibaSettingKind kind = CibaSettingKind.Map) => new(name, kind, (options, section) =>
    {
        foreach (var child in section.GetChildren())
        {
            if (string.IsNullOrWhiteSpace(child.Value))
            {
                return $"has no text for {child.Key}";
            }

            set(options, child.Key, child.Value.Trim());
        }

        return section.Value is null ? null : $"is \"{section.Value}\"; write an object of names and texts";
    });

    // A list replaces the default; plain binding would append to it.
    public static CibaSetting List(string name, Action<CibaOptions, IList<string>> set) => new(name, CibaSettingKind.List, (options, section) =>
    {
        var items = section.Value is { } line
            ? line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().OrderBy(child => child.Key, ConfigurationKeyComparer.Instance).Select(child => child.Value ?? "")];
        if (Array.Exists(items, string.IsNullOrWhiteSpace))
        {
            return "has an item that is empty or no text";
        }

        set(options, items);
        return null;
    });

    public static CibaSetting Choice<T>(string name, Action<CibaOptions, T> set, params (string Name, T Value)[] choices) => new(name, CibaSettingKind.Text, (options, section) =>
    {
        foreach (var choice in choices)
        {
            if (choice.Name == section.Value)
            {
                set(options, choice.Value);
                return null;
            }
        }

        return $"is \"{section.Value}\"; write {string.Join(" or ", choices.Select(choice => choice.Name))}";
    });
}

/// <summary>What kind of value a setting takes.</summary>
internal enum CibaSettingKind
{
    Text,
    File,
    Flag,
    Number,
    Duration,
    List,
    Json,
    Map,

    /// <summary>Names the administrator chooses, each with a file.</summary>
    FileMap,
}
