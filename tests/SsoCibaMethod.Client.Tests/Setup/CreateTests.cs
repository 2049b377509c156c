namespace SsoCibaMethod.Client.Tests;

/// <summary>A client from an address and settings, over real TLS.</summary>
public sealed class CreateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ciba-create-").FullName;
    private readonly TestCertificates _authority = new();

    [Fact]
    [Trait("Spec", "T-43")]
    public async Task The_certificate_of_the_settings_is_shown_without_being_named_twice()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        op.NameAliases();
        var certificate = _authority.ForClient();
        var settings = new CibaClientSettings
        {
            ClientId = TestToken.ClientId,
            Authentication = new TlsClientAuth(),
            ClientCertificate = new ClientCertificateFile(Write("client.pem", TestCertificates.Pem(certificate) + TestCertificates.KeyPem(certificate))),
        };
        var client = CibaClient.Create(op.Open + "/", settings, new BackchannelTransportSettings { TrustFile = Write("roots.pem", TestCertificates.Pem(_authority.Root)) });

        Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await client.StartAsync(Stage.Johndoe));
        Assert.Equal(("/bc", "CN=client"), (op.Last.Path, op.Last.Certificate));
    }

    [Fact]
    [Trait("Spec", "S-50")]
    public async Task An_OP_whose_certificate_nobody_trusts_is_not_talked_to()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        var client = CibaClient.Create(op.Open, new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = new ClientSecretPost(TestKeys.Secret) });

        Assert.IsType<BackchannelAuthenticationResponse.Unavailable>(await client.StartAsync(Stage.Johndoe));
        Assert.Empty(op.Visits);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
