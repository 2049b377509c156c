using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

/// <summary>The code that is compared is drawn anew for each form.</summary>
[Trait("Spec", "S-34")]
public class BindingCodeTests
{
    private const int Forms = 40;

    [Theory]
    [InlineData(10, "BCDFGHJKLMNPQRSTVWXZ")]
    [InlineData(12, "0123456789")]
    public async Task Each_form_has_a_code_of_its_own_of_the_alphabet_and_length_set(int length, string alphabet)
    {
        await using var host = await CibaTestHost.StartAsync(options =>
        {
            options.BindingMessage.Length = length;
            options.BindingMessage.Alphabet = alphabet;
        });
        using var browser = host.CreateBrowser();
        var codes = new List<string>();
        for (var i = 0; i < Forms; i++)
        {
            codes.Add((await browser.OpenAsync("/signin-ciba")).Document.QuerySelector("#preview output")!.TextContent);
        }

        Assert.All(codes, code => Assert.Equal(length, code.Length));
        Assert.All(codes, code => Assert.All(code, character => Assert.Contains(character, alphabet)));
        Assert.Equal(Forms, codes.Distinct(StringComparer.Ordinal).Count());

        // No place of it stands still, and next to none of the alphabet is never drawn.
        Assert.All(Enumerable.Range(0, length), place => Assert.True(codes.Select(code => code[place]).Distinct().Count() > 3));
        Assert.True(codes.SelectMany(code => code).Distinct().Count() > alphabet.Length / 2);
    }
}
