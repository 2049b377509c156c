using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moq;
using SsoCibaMethod.Client;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Methods;

namespace SsoCibaMethod.Tests.Administration;

/// <summary>Mounted settings are replaced by turning one link; the files' own links, times and lengths may stay the same, and the change is in force within 5 seconds all the same.</summary>
public sealed class MountedFolderTests : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private readonly MountedFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_methods()
    {
        _folder.Put(("ciba.json", """{ "Name": "one" }"""));
        using var file = new CibaConfigurationProvider(_folder.Path("ciba.json"), _clock);
        file.Load();

        _folder.Put(("ciba.json", """{ "Name": "two" }"""));
        _clock.Advance(Within);

        Assert.True(file.TryGet("Name", out var name));
        Assert.Equal("two", name);
    }

    [Fact]
    public void The_texts()
    {
        _folder.Put(("messages.json", """{ "LOGIN_CANCEL": "one" }"""));
        using var catalog = new MessageCatalog(
            new ConfigurationBuilder().AddInMemoryCollection([new("Ciba:ResourcesDirectory", _folder.Root)]).Build(),
            Mock.Of<IHostEnvironment>(environment => environment.ContentRootPath == _folder.Root),
            new CibaMethodRegistrations([], []),
            _clock,
            new LoggerFactory().CreateLogger<CibaHandler>());
        Assert.Equal("one", catalog.For(null, CultureInfo.InvariantCulture)["LOGIN_CANCEL"]);

        _folder.Put(("messages.json", """{ "LOGIN_CANCEL": "two" }"""));
        _clock.Advance(Within);

        Assert.Equal("two", catalog.For(null, CultureInfo.InvariantCulture)["LOGIN_CANCEL"]);
    }

    [Fact]
    public void A_key_or_secret()
    {
        _folder.Put(("secret", "one"));
        using var settings = MethodSettings.Bank(("ClientSecretFile", _folder.Path("secret")));
        var before = settings.Method();

        _folder.Put(("secret", "two"));
        settings.Catalog.ReadChangedFiles();

        Assert.NotSame(before, settings.Method());
    }

    [Fact]
    public void A_certificate()
    {
        using var files = new KeyFiles();
        _folder.Put(("client.pem", File.ReadAllText(files.WriteCertificate("one.pem"))));
        var certificate = new ClientCertificateFile(_folder.Path("client.pem"), time: _clock);
        var before = certificate.Certificate.Thumbprint;

        _folder.Put(("client.pem", File.ReadAllText(files.WriteCertificate("two.pem"))));
        _clock.Advance(Within);

        Assert.NotEqual(before, certificate.Certificate.Thumbprint);
    }

    [Fact]
    public async Task The_documents_of_the_OP()
    {
        using var op = new ScriptedOp();
        Put("one");
        var settings = new CibaClientSettings { ClientId = "app", Authentication = new ClientSecretBasic("secret"), IdTokenSigningAlgorithms = ["ES256"] };
        using var backchannel = new HttpMessageInvoker(op);
        var source = new ProviderMetadataSource(new() { MetadataFile = _folder.Path("op.json"), Client = settings }, backchannel, _clock);
        Assert.Equal("/one", await TokenPathAsync());

        Put("two");
        _clock.Advance(Within);
        _ = await source.GetAsync();

        // The first to ask begins the reading, and waits for it no more than others do.
        await Until.TrueAsync(async () => await TokenPathAsync() == "/two");

        // One that is broken changes nothing, and is told.
        _folder.Put(("op.json", "{"));
        _clock.Advance(Within);
        _ = await source.GetAsync();
        await Until.TrueAsync(() => source.RefreshFault is not null);
        Assert.Equal("/two", await TokenPathAsync());
        Assert.Contains("op.json", source.RefreshFault, StringComparison.Ordinal);

        void Put(string path)
        {
            op.Metadata["token_endpoint"] = $"{ScriptedOp.Issuer}/{path}";
            _folder.Put(("op.json", op.Metadata.ToJsonString()));
        }

        async Task<string> TokenPathAsync() => Assert.IsType<ProviderMetadataResult.Usable>(await source.GetAsync()).Metadata.TokenEndpoint.AbsolutePath;
    }
}
