using System.Text.RegularExpressions;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>docs/login-page.md names tests that there are.</summary>
public partial class PagePromisesTests
{
    [Fact]
    public void Each_promise_is_held_by_tests_that_exist()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var promises = Repository.Read("docs", "login-page.md").Split('\n').Where(line => Row().IsMatch(line)).ToList();

        Assert.Equal(25, promises.Count);
        Assert.All(promises, promise =>
        {
            var named = Name().Matches(promise).Select(name => name.Value).ToList();
            Assert.NotEmpty(named);
            Assert.Subset(tests, named.ToHashSet<string?>());
        });
    }

    [GeneratedRegex(@"^\| \d+ \|", RegexOptions.None, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("(?<=`)\\w+Tests(?=`)", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
