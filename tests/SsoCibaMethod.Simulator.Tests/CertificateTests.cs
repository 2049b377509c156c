using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Simulator.Tests;

/// <summary>The folder with the authority and what it issued.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ciba-certificates-");
    private readonly Testing.ManualTimeProvider _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_authority_stays_from_start_to_start()
    {
        var first = Open();
        var second = Open();

        Assert.Equal(first.Authority.RawData, second.Authority.RawData);
        Assert.NotEqual(first.Server.RawData, second.Server.RawData);
        Assert.Equal(first.Authority.RawData, X509Certificate2.CreateFromPem(File.ReadAllText(first.AuthorityFile)).RawData);
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(first.AuthorityFile), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_certificate_lies_there_in_both_forms_with_its_key()
    {
        var client = Open().IssueClient("CN=client, O=Shop");

        using var pfx = X509CertificateLoader.LoadPkcs12FromFile(At("client.pfx"), password: null);
        using var pem = X509Certificate2.CreateFromPemFile(At("client.pem"));
        Assert.All([pfx, pem], file => Assert.Equal(client.RawData, file.RawData));
        Assert.All([pfx, pem], file => Assert.True(file.HasPrivateKey));
    }

    [Fact]
    public void A_good_client_certificate_is_kept_and_another_made_where_it_does_not_fit()
    {
        var first = Open().IssueClient();

        Assert.Equal(first.RawData, Open().IssueClient().RawData);
        Assert.NotEqual(first.RawData, Open().IssueClient("CN=other").RawData);
        var second = Open().IssueClient();
        _clock.Advance(TimeSpan.FromDays(365));
        Assert.NotEqual(second.RawData, Open().IssueClient().RawData);
    }

    [Fact]
    public void What_is_broken_or_too_old_is_made_anew()
    {
        var first = Open();
        first.IssueClient();
        File.WriteAllText(At("ca.key"), "broken");
        File.WriteAllText(At("client.pfx"), "broken");
        var second = Open();
        second.IssueClient();
        _clock.Advance(TimeSpan.FromDays(730));
        var third = Open();

        Assert.NotEqual(first.Authority.RawData, second.Authority.RawData);
        Assert.NotEqual(second.Authority.RawData, third.Authority.RawData);
        Assert.NotEqual(
            File.ReadAllBytes(At("client.pfx")), third.IssueClient().Export(X509ContentType.Pkcs12));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Keys_are_readable_to_their_owner_alone()
    {
        Open().IssueClient();

        foreach (var file in new[] { "ca.key", "client.pfx", "client.pem" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At(file)));
        }
    }

    private string At(string file) => Path.Combine(_folder.FullName, file);

    private CibaSimulatorCertificates Open() => CibaSimulatorCertificates.Open(_folder.FullName, _clock);
}
