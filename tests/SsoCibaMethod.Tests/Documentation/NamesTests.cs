using System.Text.RegularExpressions;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Documentation;

/// <summary>The pages that tell of the code name what there is.</summary>
public partial class NamesTests
{
    // Of the framework.
    private static readonly HashSet<string> Foreign = ["HttpContext", "RandomNumberGenerator", "TimeProvider"];

    public static TheoryData<string> Pages => [Path.Join("docs", "architecture.md"), Path.Join("docs", "interoperability.md"), Path.Join("docs", "migration-from-ubisecure.md"), "SECURITY.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_type_setting_and_event_exists(string path)
    {
        var page = MarkdownPage.Of(path);
        var names = page.Words.Where(word => Name().IsMatch(word)).Concat(page.Drawings.SelectMany(drawing => Humps().Matches(drawing).Select(name => name.Value))).ToList();

        Assert.NotEmpty(names);
        Assert.All(names.Distinct(StringComparer.Ordinal), name => Assert.True(Exists(name), $"{path}: there is no {name}."));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_folder_and_file_exists(string path) => Assert.All(
        MarkdownPage.Of(path).Words.Where(word => Place().IsMatch(word)), place => Assert.True(Path.Exists(Path.Join(Repository.Root, place)), $"{path}: there is no {place}."));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_text_has_its_key(string path)
    {
        var keys = Repository.Read("resources", "messages.json");

        Assert.All(MarkdownPage.Of(path).Words.Where(word => Key().IsMatch(word)), key => Assert.Contains($"\"{key}\":", keys, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_test_exists(string path) => Assert.All(
        MarkdownPage.Of(path).Words.Where(word => Test().IsMatch(word)), test => Assert.True(Sources.HasTest(test), $"{path}: there is no test {test}."));

    [Fact]
    public void The_states_and_transitions_of_a_pending_login_are_all_drawn_or_told()
    {
        var page = MarkdownPage.Of(Path.Join("docs", "architecture.md")).Text;
        var transitions = typeof(PendingLogin).GetMethods().Where(method => method.ReturnType == typeof(PendingLogin) && method.Name is not (nameof(PendingLogin.WithBareCode) or "<Clone>$"));

        Assert.All(Enum.GetNames<PendingLoginState>().Concat(transitions.Select(method => method.Name)), name => Assert.Matches($@"\b{name}\b", page));
    }

    private static bool Exists(string name) =>
        Foreign.Contains(name)
        || CibaSettings.Find(name) is not null
        || name is "Ciba:Defaults" or "Ciba:Methods"
        || Enum.TryParse<PendingLoginState>(name, out _)
        || typeof(PendingLogin).GetMember(name).Length > 0
        || typeof(CibaOptions).GetProperty(name) is not null
        || typeof(CibaEvents).GetProperty(name) is not null
        || typeof(CibaLog).GetMethod(name) is not null
        || Sources.HasRoom(name)
        || (name.Split('.') is [var type, .. var member] && Sources.OfType(type).Any(text => member.Length == 0 || Regex.IsMatch(text, $@"\b{member[0]}\b", RegexOptions.None, TimeSpan.FromSeconds(1))));

    [GeneratedRegex(@"^(?!\w+Tests\.)[A-Z][a-z]+(?:[A-Z]\w*)?(?:[:.][A-Z]\w+)*$|^I[A-Z][a-z]\w+(?:\.[A-Z]\w+)?$", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\bI?[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", RegexOptions.None, 1000)]
    private static partial Regex Humps();

    [GeneratedRegex(@"^(?:src|tests|docs|config|resources)/[^{}]*$", RegexOptions.None, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("^[A-Z]+(?:_[A-Z]+)+$", RegexOptions.None, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\w+Tests\.\w+$", RegexOptions.None, 1000)]
    private static partial Regex Test();
}
