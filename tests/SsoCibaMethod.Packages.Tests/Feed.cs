using System.IO.Compression;
using System.Xml.Linq;

namespace SsoCibaMethod.Packages.Tests;

/// <summary>The packages as <c>dotnet pack</c> makes them, in a folder that serves as a feed, and a place for projects that install them from there alone.</summary>
public sealed class Feed : IAsyncLifetime
{
    // tests/NAME/bin/CONFIGURATION/net10.0
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ciba-packages-");

    public static string Repository { get; } = Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>Where new projects go; nothing is above them that concerns them.</summary>
    public string Workplace => Path.Combine(_root.FullName, "work");

    private string Packages => Path.Combine(_root.FullName, "feed");

    private static string Configuration => Output.Parent!.Name;

    // What the packages depend on is there since the tests themselves were restored.
    private static string Restored =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public async Task InitializeAsync()
    {
        _ = await Command.RunAsync(Repository, "dotnet", "pack", "SsoCibaMethod.sln", "--no-build", "-c", Configuration, "-o", Packages);
        _ = Directory.CreateDirectory(Workplace);
        await File.WriteAllTextAsync(Path.Combine(Workplace, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(_root.FullName, "installed")}" />
              </config>
              <packageSources>
                <clear />
                <add key="packed" value="{Packages}" />
                <add key="restored" value="{Restored}" />
              </packageSources>
            </configuration>
            """);
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A package, opened.</summary>
    public ZipArchive Open(string id, string kind = "nupkg") => ZipFile.OpenRead(Path.Combine(Packages, $"{id}.{Version}.{kind}"));

    /// <summary>What all packages have as their version.</summary>
    public static string Version { get; } = XDocument.Load(Path.Combine(Repository, "Directory.Build.props")).Descendants("Version").Single().Value;
}

/// <summary>Packed once for all.</summary>
[CollectionDefinition(nameof(Feed))]
public sealed class FeedUsers : ICollectionFixture<Feed>;
