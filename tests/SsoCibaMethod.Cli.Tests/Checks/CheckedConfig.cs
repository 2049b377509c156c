using System.Text.Json;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>A <c>config/</c> directory as an administrator has it, and what <c>ciba check</c> says of it.</summary>
internal sealed class CheckedConfig : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ciba-check");

    public CheckedConfig(string file)
    {
        Config = _folder.CreateSubdirectory("config").FullName;
        Resources = _folder.CreateSubdirectory("resources").FullName;
        File.WriteAllText(Path.Combine(Config, "ciba.json"), file);
        WriteTexts("messages.json", "{}");
    }

    public string Config { get; }

    public string Resources { get; }

    /// <summary>One method called Bank, its settings in the order given, each in a line of its own from line 5 on.</summary>
    public static CheckedConfig Of(params (string Name, object? Value)[] settings) => new(
        "{\n\"Ciba\": {\n\"Methods\": {\n\"Bank\": {\n" + string.Join(",\n", settings.Select(setting => $"\"{setting.Name}\": {JsonSerializer.Serialize(setting.Value)}")) + "\n}}}}\n");

    public void WriteTexts(string name, string content) => File.WriteAllText(Path.Combine(Resources, name), content);

    public Task<Terminal.Run> RunAsync(
        string options = "", TimeProvider? time = null, IReadOnlyDictionary<string, string>? environment = null, CancellationToken cancellationToken = default) =>
        Terminal.RunAsync($"check {Config} {options}", environment, time, cancellationToken: cancellationToken);

    /// <summary>The report by its checks.</summary>
    public async Task<Report> CheckAsync(TimeProvider? time = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var run = await RunAsync("--json", time, environment);
        using var report = JsonDocument.Parse(run.Output);
        return new Report(run.Code, report.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("check").GetString()!, check => new Checked(
            check.GetProperty("outcome").GetString()!,
            string.Join('\n', check.GetProperty("findings").EnumerateArray().Select(finding => $"{finding.GetProperty("seen")}\n{finding.GetProperty("cure")}")))));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal sealed record Report(int Code, IReadOnlyDictionary<string, Checked> Checks)
    {
        public Checked this[string check] => Checks[check];
    }

    internal sealed record Checked(string Outcome, string Text);
}
