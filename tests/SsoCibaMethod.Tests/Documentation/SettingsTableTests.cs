using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Tests.Methods;

namespace SsoCibaMethod.Tests.Documentation;

/// <summary>The tables of config/README.md: each setting once, and its default and its limits are those of the code.</summary>
public partial class SettingsTableTests
{
    private static readonly (string Name, string Meaning, string Default)[] Rows =
    [
        .. MarkdownPage.Of(Path.Join("config", "README.md")).Rows("setting")
            .SelectMany(row => row[0].Split(", ").Select(name => (name.Trim('`'), row[1], row[2]))),
    ];

    // The style sheet has them.
    private static readonly string[] Colours = ["Page:Accent", "Page:AccentDark"];

    // Those that only say something together with another one.
    private static readonly Dictionary<string, (string, string)[]> Beside = new() { ["DPoP:Algorithm"] = [("DPoP", "true")] };

    public static TheoryData<string, string> Defaults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, _, value) in Rows.Where(row => Plain().IsMatch(row.Default) && CibaSettings.Find(row.Default.Trim('`')) is null && !Colours.Contains(row.Name)))
            {
                data.Add(name, value.Trim('`'));
            }

            return data;
        }
    }

    [Fact]
    public void Each_setting_has_one_row_and_nothing_else_has() =>
        Assert.Equal(CibaSettings.All.Select(setting => setting.Name).Order(StringComparer.Ordinal), Rows.Select(row => row.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Most_defaults_are_values() => Assert.True(Defaults.Count >= 30, $"{Defaults.Count}");

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Who_writes_the_default_changes_nothing(string name, string value)
    {
        var beside = Beside.GetValueOrDefault(name, []);
        using var without = MethodSettings.Bank(beside);
        using var with = MethodSettings.Bank([.. beside, .. Written(name, value)]);

        Assert.Empty(with.Method().Faults);
        Assert.Equal(Values(without.Method().Options), Values(with.Method().Options));
    }

    [Fact]
    public void The_colours_are_those_of_the_style_sheet() => Assert.All(
        Colours,
        name => Assert.Contains(Rows.Single(row => row.Name == name).Default.Trim('`'), Repository.Read("src", "SsoCibaMethod", "Pages", "Assets", "ciba.css"), StringComparison.Ordinal));

    [Theory]
    [InlineData("Polling:Interval", "at least `00:00:05`", "00:00:05", "00:00:04")]
    [InlineData("Polling:Interval", "at most `00:05:00`", "00:05:00", "00:05:01")]
    [InlineData("Polling:IntervalIncrease", "at least `00:00:05`", "00:00:05", "00:00:04")]
    [InlineData("Polling:IntervalIncrease", "at most `00:05:00`", "00:05:00", "00:05:01")]
    [InlineData("MaximumLifetime", "at least `00:00:30`", "00:00:30", "00:00:29")]
    [InlineData("MaximumLifetime", "at most `24:00:00`", "1.00:00:00", "1.00:00:01")]
    [InlineData("RequestedExpiry", "Whole seconds", "00:00:01", "00:00:01.5")]
    [InlineData("ClockSkew", "at most `00:05:00`", "00:05:00", "00:05:01")]
    [InlineData("BindingMessage:Length", "4 to 32", "4", "3")]
    [InlineData("BindingMessage:Length", "4 to 32", "32", "33")]
    [InlineData("BindingMessage:Alphabet", "letters and digits", "abcdefghij", "abcdefghi-")]
    [InlineData("BindingMessage:Alphabet", "at least ten different ones", "0123456789", "0123456788")]
    [InlineData("BindingMessage:Delay", "at most `00:00:03`", "00:00:03", "00:00:04")]
    [InlineData("StartLimits:Window", "at least `00:00:10`", "00:01:00", "00:00:09")]
    [InlineData("StartLimits:Window", "at most `01:00:00`", "01:00:00", "01:00:01")]
    [InlineData("StartLimits:Cooldown", "up to `Window`", "00:05:00", "00:05:01")]
    [InlineData("Page:Accent", "contrast of at least 4.5 to white", "#767676", "#777777")]
    public void A_limit_is_told_and_holds(string name, string told, string good, string bad)
    {
        using var within = MethodSettings.Bank((name, good));
        using var beyond = MethodSettings.Bank((name, bad));

        Assert.Contains(told, Rows.Single(row => row.Name == name).Meaning, StringComparison.Ordinal);
        Assert.Empty(within.Method().Faults);
        Assert.Contains(beyond.Method().Faults, fault => fault.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("StartLimits:PerHint")]
    [InlineData("StartLimits:PerAddress")]
    [InlineData("StartLimits:PerBrowser")]
    [InlineData("StartLimits:UserCodes")]
    public void The_numbers_of_the_limits_are_1_to_10000(string name)
    {
        Assert.Contains("The four numbers are 1 to 10,000.", Repository.Read("config", "README.md"), StringComparison.Ordinal);
        Assert.All(new[] { ("0", 1), ("1", 0), ("10000", 0), ("10001", 1) }, pair =>
        {
            using var settings = MethodSettings.Bank((name, pair.Item1));
            Assert.Equal(pair.Item2, settings.Method().Faults.Count);
        });
    }

    // A list is written item by item.
    private static IEnumerable<(string, string)> Written(string name, string value) => value.StartsWith('[')
        ? JsonSerializer.Deserialize<string[]>(value)!.Select((item, i) => ($"{name}:{i}", item))
        : [(name, value)];

    // Whatever a host can see of the options, down to the last value.
    private static SortedDictionary<string, string> Values(object options)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(values, "", options);
        return values;
    }

    private static void Add(SortedDictionary<string, string> values, string path, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string or PathString or Enum or TimeSpan or bool or int:
                values[path] = $"{value}";
                break;
            case IEnumerable items:
                values[path] = string.Join(", ", items.Cast<object?>());
                break;
            case not null when value.GetType().Namespace == typeof(CibaOptions).Namespace:
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != nameof(CibaOptions.Events)))
                {
                    Add(values, $"{path}:{property.Name}", property.GetValue(value));
                }

                break;
        }
    }

    [GeneratedRegex("^`[^`]+`$", RegexOptions.None, 1000)]
    private static partial Regex Plain();
}
