using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moq;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Messages;

public sealed class MessageCatalogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;
    private readonly ManualTimeProvider _clock = new();
    private readonly CapturedLog _log = new();

    [Theory]
    [InlineData("fi-FI", "method fi-FI")]
    [InlineData("fi", "method fi")]
    [InlineData("sv", "method")]
    public void A_methods_own_text_comes_before_all_others_the_nearest_language_first(string culture, string expected)
    {
        Write("messages.bank.json", "method");
        Write("messages.bank.fi.json", "method fi");
        Write("messages.bank.fi-FI.json", "method fi-FI");
        Write("messages.sv.json", "sv");

        Assert.Equal(expected, Text(Catalog(), "bank", culture));
    }

    [Theory]
    [InlineData("fi-FI", "fi")]
    [InlineData("sv", "Begäran avvisades.")]
    [InlineData("uk", "english")]
    public void Without_one_the_languages_file_comes_first_then_what_is_built_in_then_English(string culture, string expected)
    {
        Write("messages.fi.json", "fi");
        Write("messages.json", "english");

        Assert.Equal(expected, Text(Catalog(), "bank", culture));
    }

    [Fact]
    public void A_changed_text_is_in_force_within_seconds()
    {
        Write("messages.json", "before");
        using var catalog = Catalog();
        Assert.Equal("before", Text(catalog, null, "en"));

        Write("messages.json", "after it");
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("after it", Text(catalog, null, "en"));
    }

    [Fact]
    public void A_broken_file_keeps_its_last_good_texts_and_the_log_names_it()
    {
        Write("messages.json", "good");
        using var catalog = Catalog();

        File.WriteAllText(Path.Combine(_directory, "messages.json"), "{ \"LOGIN_CANCEL\": \"bad }");
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("good", Text(catalog, null, "en"));
        Assert.Contains("messages.json, line 1", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_file_falls_back_to_what_is_built_in()
    {
        Write("messages.json", "mine");
        Write("messages.fi.json", "fi");
        using var catalog = Catalog();

        File.Delete(Path.Combine(_directory, "messages.fi.json"));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.StartsWith("Pyyntö hylättiin", Text(catalog, null, "fi"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_for_one_language_and_the_schema_beside_them_do_no_harm()
    {
        Write("messages.json", "english");
        Write("messages.en.json", "english too");
        File.WriteAllText(Path.Combine(_directory, "messages.schema.json"), "{}");
        using var catalog = Catalog();

        Assert.StartsWith("english", Text(catalog, null, "en"), StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public void A_file_named_after_neither_a_method_nor_a_language_is_a_fault_told_once()
    {
        Write("messages.json", "english");
        Write("messages.bnak.json", "typo");
        using var catalog = Catalog();
        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Single(_log.Lines, line => line.Text.Contains("messages.bnak.json: the file is named after neither", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Text(MessageCatalog catalog, string? method, string culture) => catalog.For(method, CultureInfo.GetCultureInfo(culture))["LOGIN_CANCEL"];

    private MessageCatalog Catalog()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Ciba:ResourcesDirectory", _directory)]).Build();
        return new MessageCatalog(
            configuration,
            Mock.Of<IHostEnvironment>(environment => environment.ContentRootPath == _directory),
            new CibaMethodRegistrations([new("bank", Section: null)], []),
            _clock,
            new LoggerFactory([_log]).CreateLogger<CibaHandler>());
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_directory, file), $$"""{ "LOGIN_CANCEL": "{{text}}" }""");
}
