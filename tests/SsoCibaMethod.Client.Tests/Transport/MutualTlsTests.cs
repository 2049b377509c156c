using System.Text.Json.Nodes;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>A client that shows a certificate, in a real handshake (RFC 8705).</summary>
public sealed class MutualTlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ciba-mtls-").FullName;
    private readonly TestCertificates _authority = new();
    private readonly ManualTimeProvider _time = new(TestToken.Now);

    public static TheoryData<string> ByCertificate => ["tls_client_auth", "self_signed_tls_client_auth"];

    [Theory]
    [MemberData(nameof(ByCertificate))]
    [Trait("Spec", "T-40")]
    [Trait("Spec", "T-41")]
    [Trait("Spec", "T-42")]
    [Trait("Spec", "T-43")]
    public async Task The_certificate_and_the_client_s_id_are_the_whole_proof_at_the_aliases(string method)
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        op.NameAliases();
        op.Metadata["token_endpoint_auth_methods_supported"] = new JsonArray(method);
        var client = op.Client(By(method), Transport(Certificate()));

        Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await client.StartAsync(Stage.Johndoe));
        Assert.IsType<TokenResponse.Pending>(await client.PollAsync("a"));

        var sent = op.Visits.Where(visit => visit.Body.Length > 0).ToList();
        Assert.Equal(["client_id=ubisecure-sso&login_hint=johndoe&scope=openid", "auth_req_id=a&client_id=ubisecure-sso&grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba"], sent.Select(visit => visit.Body));
        Assert.All(sent, visit => Assert.Equal(("CN=client", new Uri(op.ForCertificates).Port), (visit.Certificate, visit.Port)));
    }

    [Fact]
    [Trait("Spec", "T-44")]
    [Trait("Spec", "K-3")]
    public async Task Beside_an_assertion_the_certificate_binds_the_tokens_and_the_audience_is_never_an_alias()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        op.NameAliases();
        foreach (var (audience, expected) in new[]
        {
            (ClientAssertionAudience.Issuer, op.Open), (ClientAssertionAudience.TokenEndpoint, $"{op.Open}/token"), (ClientAssertionAudience.Endpoint, $"{op.Open}/token"),
        })
        {
            await op.Client(Authentications.PrivateKey(form: new ClientAssertionForm(audience)), Transport(Certificate())).PollAsync("a");

            Assert.Equal(("/token", "CN=client", new Uri(op.ForCertificates).Port), (op.Last.Path, op.Last.Certificate, op.Last.Port));
            var form = op.Last.Body.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
            Assert.Equal(expected, SentJwt.Parse(form["client_assertion"])["aud"]);
        }
    }

    [Fact]
    [Trait("Spec", "T-43")]
    public async Task Without_a_certificate_the_aliases_are_left_alone()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        op.NameAliases();

        await op.Client(new ClientSecretPost(TestKeys.Secret), Transport(null)).PollAsync("a");

        Assert.Equal((new Uri(op.Open).Port, null), (op.Last.Port, op.Last.Certificate));
    }

    [Fact]
    [Trait("Spec", "T-43")]
    public async Task Without_aliases_the_certificate_is_shown_at_the_endpoints()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        op.Metadata["token_endpoint"] = $"{op.ForCertificates}/token";

        await op.Client(new TlsClientAuth(), Transport(Certificate())).PollAsync("a");

        Assert.Equal(("/token", "CN=client"), (op.Last.Path, op.Last.Certificate));
    }

    [Fact]
    [Trait("Spec", "T-40")]
    public async Task The_issuers_in_the_file_are_shown_too()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        op.NameAliases();
        var certificate = _authority.Below(out var intermediate).ForClient();
        var path = Path.Combine(_folder, "chain.pem");
        File.WriteAllText(path, TestCertificates.Pem(certificate) + TestCertificates.Pem(intermediate) + TestCertificates.KeyPem(certificate));

        await op.Client(new TlsClientAuth(), Transport(new ClientCertificateFile(path))).PollAsync("a");

        Assert.Contains(op.Issuers, shown => shown.Contains("CN=intermediate"));
    }

    [Fact]
    [Trait("Spec", "S-54")]
    public async Task A_renewed_certificate_is_shown_with_the_next_request_and_a_bad_file_changes_nothing()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        op.NameAliases();
        var file = Certificate("old");
        var client = op.Client(new TlsClientAuth(), Transport(file));
        await client.PollAsync("a");
        Assert.Equal("CN=old", op.Last.Certificate);

        Write(file.Path, "new");
        _time.Advance(TimeSpan.FromSeconds(1));
        await client.PollAsync("a");
        Assert.Equal("CN=new", op.Last.Certificate);

        TestFiles.Renew(file.Path, "half a fi");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<TokenResponse.Pending>(await client.PollAsync("a"));
        Assert.Equal("CN=new", op.Last.Certificate);
        Assert.NotNull(file.Fault);
    }

    [Fact]
    public async Task Requests_in_flight_outlive_a_renewal()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        op.NameAliases();
        var file = Certificate("old");
        var client = op.Client(new TlsClientAuth(), Transport(file));
        await client.PollAsync("a");

        for (var round = 0; round < 5; round++)
        {
            var polls = Enumerable.Range(0, 20).Select(_ => client.PollAsync("a")).ToList();
            Write(file.Path, $"round{round}");
            _time.Advance(TimeSpan.FromSeconds(1));
            polls.AddRange(Enumerable.Range(0, 20).Select(_ => client.PollAsync("a")));

            Assert.All(await Task.WhenAll(polls), answer => Assert.IsType<TokenResponse.Pending>(answer));
            Assert.Equal($"CN=round{round}", op.Last.Certificate);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ClientAuthentication By(string method) => method == "tls_client_auth" ? new TlsClientAuth() : new SelfSignedTlsClientAuth();

    private BackchannelTransportSettings Transport(ClientCertificateFile? certificate)
    {
        var path = Path.Combine(_folder, "trust.pem");
        File.WriteAllText(path, TestCertificates.Pem(_authority.Root));
        return new BackchannelTransportSettings { TrustFile = path, ClientCertificate = certificate, Time = _time };
    }

    private ClientCertificateFile Certificate(string name = "client")
    {
        var path = Path.Combine(_folder, "client.pem");
        Write(path, name);
        return new ClientCertificateFile(path, time: _time);
    }

    private void Write(string path, string name)
    {
        var certificate = _authority.ForClient(name);
        TestFiles.Renew(path, TestCertificates.Pem(certificate) + TestCertificates.KeyPem(certificate));
    }
}
