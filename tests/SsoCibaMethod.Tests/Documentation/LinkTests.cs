namespace SsoCibaMethod.Tests.Documentation;

/// <summary>What a page links to is there, and every page can be found.</summary>
public class LinkTests
{
    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading_that_exist() => Assert.All(MarkdownPage.All, page => Assert.All(page.Links, link =>
    {
        var (path, anchor) = link.Split('#') is [var file, var heading] ? (file, heading) : (link, "");
        var target = path.Length == 0 ? page.Path : Path.Join(Path.GetDirectoryName(page.Path), path);
        Assert.True(Path.Exists(Path.Join(Repository.Root, target)), $"{page}: {link}");
        Assert.True(anchor.Length == 0 || MarkdownPage.Of(target).Anchors.Contains(anchor), $"{page}: {link}");
    }));

    [Fact]
    public void The_list_of_documents_has_every_page()
    {
        var list = MarkdownPage.Of(Path.Join("docs", "README.md"));
        var listed = list.Links.Select(link => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Join(Repository.Root, "docs", link)))).ToHashSet(StringComparer.Ordinal);

        Assert.All(MarkdownPage.All.Where(page => page.Path != list.Path), page => Assert.Contains(page.Path, listed));
        Assert.Contains("docs/README.md", MarkdownPage.Of("README.md").Links);
    }
}
