using Microsoft.AspNetCore.DataProtection;
using SsoCibaMethod.Protection;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>What a browser keeps of its sign-ins, and what it cannot claim.</summary>
[Trait("Spec", "S-42")]
public class KnownBrowserTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly IDataProtector _protector = new EphemeralDataProtectionProvider().CreateProtector("test");

    [Fact]
    public void The_last_three_hints_are_known_in_any_spelling()
    {
        var browser = KnownBrowser.New();
        foreach (var hint in new[] { "a", "b", "c", "d", "C" })
        {
            browser = browser.With(new CibaLoginHint.Plain(hint), Now);
        }

        browser = KnownBrowser.Unprotect(browser.Protect(_protector), _protector, Now)!;

        Assert.Equal([false, true, true, true], new[] { "a", "B", "c", "d" }.Select(hint => browser.Knows(new CibaLoginHint.Plain(hint))));
    }

    [Fact]
    public void After_ninety_days_without_a_sign_in_it_is_a_stranger()
    {
        var text = KnownBrowser.New().With(new CibaLoginHint.Plain("a"), Now).Protect(_protector);

        Assert.NotNull(KnownBrowser.Unprotect(text, _protector, Now.AddDays(90).AddSeconds(-1)));
        Assert.Null(KnownBrowser.Unprotect(text, _protector, Now.AddDays(90)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not protected")]
    [InlineData("CfDJ8")]
    public void What_we_did_not_write_is_nothing(string? text) => Assert.Null(KnownBrowser.Unprotect(text, _protector, Now));

    [Theory]
    [InlineData("")]
    [InlineData("id")]
    [InlineData("id\n17")]
    [InlineData("id\nsoon\nhash")]
    [InlineData("id\n99999999999999999\nhash")]
    public void What_an_other_version_wrote_is_nothing(string text) => Assert.Null(KnownBrowser.Unprotect(_protector.Protect(text), _protector, Now));

    [Fact]
    public void It_tells_nothing_of_the_hint()
    {
        var hint = new CibaLoginHint.Plain("+358401234567");
        var one = KnownBrowser.New().With(hint, Now);
        var other = KnownBrowser.New().With(hint, Now);

        Assert.NotEqual(one.Hashes, other.Hashes);
        Assert.DoesNotContain("358", $"{one} {one.Protect(_protector)}", StringComparison.Ordinal);
    }
}
