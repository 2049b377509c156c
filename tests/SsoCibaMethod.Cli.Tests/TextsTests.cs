namespace SsoCibaMethod.Cli.Tests;

/// <summary><c>ciba texts</c>: what an administrator edits is written out, and what was edited is left alone.</summary>
public sealed class TextsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ciba-texts");

    private string Resources => Path.Combine(_folder.FullName, "resources");

    [Fact]
    public async Task Every_language_its_schema_and_its_README_are_written_and_pass_the_check()
    {
        var run = await Terminal.RunAsync($"texts {Resources}");

        var files = Directory.GetFiles(Resources).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        Assert.Equal((ExitCodes.Done, files.Count), (run.Code, run.Output.Split("written").Length - 1));
        Assert.Equal(["README.md", "messages.ar.json"], files[..2]);
        Assert.Contains("messages.schema.json", files);
        Assert.Contains("messages.json", files);
    }

    [Fact]
    public async Task What_was_edited_stays_unless_told_otherwise()
    {
        _ = Directory.CreateDirectory(Resources);
        var edited = Path.Combine(Resources, "messages.fi.json");
        await File.WriteAllTextAsync(edited, "{}");

        var careful = await Terminal.RunAsync($"texts {Resources}");
        Assert.Equal("{}", await File.ReadAllTextAsync(edited));
        Assert.Contains($"kept      {edited}", careful.Output, StringComparison.Ordinal);

        var told = await Terminal.RunAsync($"texts {Resources} --overwrite");
        Assert.Contains("LOGIN_CANCEL", await File.ReadAllTextAsync(edited), StringComparison.Ordinal);
        Assert.Contains($"replaced  {edited}", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("written", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_code_2()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");

        Assert.Equal(ExitCodes.Settings, (await Terminal.RunAsync($"texts {file}")).Code);
        Assert.Equal(ExitCodes.Usage, (await Terminal.RunAsync("texts")).Code);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
