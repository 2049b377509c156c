using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>The choice of languages: it keeps the login and the challenge, and starts nothing.</summary>
public class LanguageTests
{
    [Fact]
    public async Task Another_language_shows_the_same_wait_and_stays_until_the_end()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        var finnish = await browser.OpenAsync($"{waiting.Address}&lang=fi");

        Assert.Equal(("fi", waiting.Code), (finnish.Document.DocumentElement.GetAttribute("lang"), finnish.Code));
        Assert.Contains("lang=fi", finnish.Document.QuerySelector("[data-watch]")!.GetAttribute("data-page"), StringComparison.Ordinal);
        var cancelled = await browser.SubmitAsync(finnish, "form[action*='/cancel']");
        Assert.Equal("fi", cancelled.Document.DocumentElement.GetAttribute("lang"));
        Assert.Single(host.Op.Requests);
    }

    [Fact]
    public async Task The_choice_names_each_language_in_itself_and_keeps_state_and_number()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();

        var form = (await host.BeginAsync(browser)).Document.QuerySelector("form.languages")!;

        Assert.Equal("get", form.GetAttribute("method"));
        Assert.Equal(["state", "a"], form.QuerySelectorAll("input[type=hidden]").Select(input => input.GetAttribute("name")));
        var finnish = form.QuerySelector("option[value=fi]")!;
        Assert.Equal(("Suomi", "fi"), (finnish.TextContent, finnish.GetAttribute("lang")));
        Assert.Equal("en", form.QuerySelector("option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Only_the_languages_of_the_settings_are_offered_and_one_alone_is_no_choice()
    {
        await using var two = await CibaTestHost.StartAsync(options => options.Page.Languages = ["en", "sv"]);
        using var browser = two.CreateBrowser();
        var page = await browser.OpenAsync("/me");
        Assert.Equal(["en", "sv"], page.Document.QuerySelectorAll("form.languages option").Select(option => option.GetAttribute("value")));
        Assert.Equal("en", (await browser.OpenAsync($"{page.Address}&lang=fi")).Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", (await browser.OpenAsync($"{page.Address}&lang=%00<script>")).Document.DocumentElement.GetAttribute("lang"));

        await using var one = await CibaTestHost.StartAsync(options => options.Page.Languages = ["sv"]);
        using var other = one.CreateBrowser();
        Assert.Null((await other.OpenAsync("/me")).Document.QuerySelector("form.languages"));
    }

    [Theory]
    [InlineData("no", "nb")]
    [InlineData("nn-NO, en;q=0.8", "nb")]
    [InlineData("pt-BR", "pt")]
    [InlineData("fr-CA;q=0.9, de;q=0.8", "fr")]
    [InlineData("tlh, sv;q=0.5", "sv")]
    [InlineData("zh-CN", "en")]
    public async Task The_nearest_language_there_is_is_the_pages(string accepted, string language)
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        browser.AcceptLanguage = accepted;

        Assert.Equal(language, (await browser.OpenAsync("/me")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("ar", "rtl")]
    [InlineData("he", "rtl")]
    [InlineData("ja", "ltr")]
    public async Task The_direction_is_that_of_the_language(string language, string direction)
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        browser.AcceptLanguage = language;

        var root = (await browser.OpenAsync("/me")).Document.DocumentElement;

        Assert.Equal((language, direction), (root.GetAttribute("lang"), root.GetAttribute("dir")));
    }
}
