using System.Reflection.Metadata;
using System.Xml.Linq;

namespace SsoCibaMethod.Packages.Tests;

/// <summary>What lies in each package.</summary>
[Collection(nameof(Feed))]
public sealed class ContentTests(Feed feed)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> Ids => ["SsoCibaMethod.Client", "SsoCibaMethod", "SsoCibaMethod.PostgreSql", "SsoCibaMethod.Simulator", "SsoCibaMethod.Cli"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_says_what_it_is_whose_it_is_and_where_it_is_from(string id)
    {
        using var package = feed.Open(id);
        var nuspec = XDocument.Load(package.GetEntry(id + ".nuspec")!.Open()).Root!;
        string? Value(string name) => nuspec.Descendants(nuspec.Name.Namespace + name).SingleOrDefault()?.Value;

        Assert.Equal("MIT", Value("license"));
        Assert.NotEqual("Package Description", Value("description"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Matches("^[0-9a-f]{40}$", nuspec.Descendants(nuspec.Name.Namespace + "repository").Single().Attribute("commit")!.Value);
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        Assert.Contains($"# {(id == "SsoCibaMethod.Cli" ? "ciba" : id)}\n", readme.ReadToEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_symbols_hold_the_sources(string id)
    {
        using var package = feed.Open(id, "snupkg");
        var symbols = package.Entries.Where(entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(symbols);
        foreach (var entry in symbols)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            content.Position = 0;
            using var provider = MetadataReaderProvider.FromPortablePdbStream(content);
            var reader = provider.GetMetadataReader();
            var embedded = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Where(one => reader.GetGuid(one.Kind) == EmbeddedSource).Select(one => one.Parent);
            var without = reader.Documents.Except(embedded.Select(parent => (DocumentHandle)parent)).Select(document => reader.GetString(reader.GetDocument(document).Name));
            Assert.DoesNotContain(without, IsCode);
        }
    }

    // A component is known by its name alone; the code made of it is there.
    private static bool IsCode(string document) => document.EndsWith(".cs", StringComparison.Ordinal);
}
