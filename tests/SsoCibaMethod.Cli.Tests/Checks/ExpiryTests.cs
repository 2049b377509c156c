using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>Certificates that end soon, or are for something else, are told before a login finds out.</summary>
public class ExpiryTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    [Theory]
    [InlineData(-2, "error", "good only from")]
    [InlineData(300, "ok", "until")]
    [InlineData(350, "warning", "expires on")]
    [InlineData(400, "error", "expired on")]
    public async Task A_certificate_is_a_warning_thirty_days_before_its_end(int days, string outcome, string word)
    {
        using var config = CheckedConfig.Of([
            ("Authority", op.TlsAuthority), ("ClientId", "certificate"), ("ClientAuthentication", new { Certificate = op.PathTo("client.pfx") }), ("BackchannelTrust", op.PathTo("ca.pem"))]);

        var keys = (await config.CheckAsync(new ShiftedTime(TimeSpan.FromDays(days))))["keys"];

        Assert.Equal(outcome, keys.Outcome);
        Assert.Contains(word, keys.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_a_server_is_a_warning_where_a_client_shows_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=shop", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(100));
        using var config = CheckedConfig.Of([
            ("Authority", op.TlsAuthority), ("ClientId", "certificate"), ("ClientAuthentication", new { Certificate = "shop.pfx" }), ("BackchannelTrust", op.PathTo("ca.pem"))]);
        await File.WriteAllBytesAsync(Path.Combine(config.Config, "shop.pfx"), certificate.Export(X509ContentType.Pkcs12));

        var report = await config.CheckAsync();

        Assert.Equal(("warning", "error"), (report["keys"].Outcome, report["client"].Outcome));
        Assert.Contains("shop.pfx, CN=shop, is not one for clients", report["keys"].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key.pem")]
    [InlineData("key.pfx")]
    public async Task A_certificate_beside_a_key_is_a_warning_at_most(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=shop", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-100), now.AddDays(-1));
        using var config = CheckedConfig.Of([("Authority", op.TlsAuthority), ("ClientId", "keys"), ("ClientAuthentication", new { Key = file }), ("BackchannelTrust", op.PathTo("ca.pem"))]);
        await File.WriteAllTextAsync(Path.Combine(config.Config, "key.pem"), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllBytesAsync(Path.Combine(config.Config, "key.pfx"), certificate.Export(X509ContentType.Pkcs12));

        var keys = (await config.CheckAsync())["keys"];

        Assert.Equal("warning", keys.Outcome);
        Assert.Contains($"{file}: the certificate CN=shop beside the key expired on", keys.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_certificate_ends_soon_is_a_warning()
    {
        using var config = CheckedConfig.Of(op.TerminalSettings);

        // It is for 90 days, and a fifth of a life is time enough to renew it.
        Assert.Equal("ok", (await config.CheckAsync(new ShiftedTime(TimeSpan.FromDays(70))))["tls"].Outcome);
        Assert.Equal("warning", (await config.CheckAsync(new ShiftedTime(TimeSpan.FromDays(80))))["tls"].Outcome);
    }
}
