using SsoCibaMethod.Cli.Texts;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>The texts an administrator has edited, held against the keys there are.</summary>
public class TextsCheckTests
{
    [Theory]
    [InlineData("messages.fi.json", """{ "LOGIN_CANCEL": "Hylättiin." }""", "ok", "no text is missing")]
    [InlineData("messages.bank.json", """{ "LOGIN_CANCEL": "The bank says no." }""", "ok", "no text is missing")]
    [InlineData("messages.fi.json", "{\n\"LOGIN_CANCLE\": \"x\"\n}", "error", "line 2: LOGIN_CANCLE is no key.\nDid you mean LOGIN_CANCEL?")]
    [InlineData("messages.fi.json", "{\n\"LOGIN_CANCEL\": \"{0}\"\n}", "error", "LOGIN_CANCEL has a placeholder {0}")]
    [InlineData("messages.fi.json", "{", "error", "messages.fi.json, line 1")]
    [InlineData("messages.nowhere.json", "{}", "error", "named after neither a method nor a language")]
    [InlineData("messages.is.json", """{ "LOGIN_CANCEL": "Hafnað." }""", "warning", "messages.is.json lacks")]
    [InlineData("messages.bank.fi.json", """{ "UBAA_TEXT": "Hyväksy" }""", "warning", "UBAA_TEXT without {0}")]
    public async Task Each_file_is_judged_by_what_is_in_it(string file, string content, string outcome, string said)
    {
        using var config = CheckedConfig.Of(("Authority", "not an address"));
        config.WriteTexts(file, content);

        var texts = (await config.CheckAsync())["texts"];

        Assert.Equal(outcome, texts.Outcome);
        Assert.Contains(said, texts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_of_ones_own_is_right_once_it_has_every_text()
    {
        using var config = CheckedConfig.Of(("Authority", "not an address"));
        config.WriteTexts("messages.is.json", System.Text.Encoding.UTF8.GetString(BuiltInTexts.Content("messages.json")));

        Assert.Equal("ok", (await config.CheckAsync())["texts"].Outcome);
    }
}
