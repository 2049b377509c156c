using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator;

namespace SsoCibaMethod.Cli.Tests;

/// <summary>The simulator behind real sockets, plain and over TLS, with a folder of the files a user of the terminal has.</summary>
public sealed class SimulatedOp : IAsyncLifetime
{
    public const string Secret = "a-secret-of-the-terminal-client-that-is-long";

    private readonly WebApplication _app;
    private readonly CibaSimulatorCertificates _certificates;

    public SimulatedOp()
    {
        Folder = Directory.CreateTempSubdirectory("ciba-cli").FullName;
        _certificates = CibaSimulatorCertificates.Open(Folder);
        _ = _certificates.IssueClient();
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => _certificates.Serve(listen));
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => _certificates.Serve(listen, asksForCertificates: true));
        });
        _ = builder.Services.AddCibaSimulator(options =>
        {
            // The least that is legal: these tests wait in real time.
            options.Interval = TimeSpan.FromSeconds(1);
            options.Clients.Add(new CibaSimulatorClient("terminal") { Secret = Secret });
            options.Clients.Add(new CibaSimulatorClient("posts") { Secret = Secret, AuthenticationMethod = "client_secret_post" });
            options.Clients.Add(new CibaSimulatorClient("signs") { Secret = Secret, AuthenticationMethod = "client_secret_jwt" });
            options.Clients.Add(new CibaSimulatorClient("pushed")
            {
                Secret = Secret,
                TokenDeliveryMode = CibaSimulatorDeliveryMode.Push,
                NotificationEndpoint = new Uri("https://localhost:1/notification"),
            });
            options.Clients.Add(new CibaSimulatorClient("keys")
            {
                AuthenticationMethod = "private_key_jwt",
                Jwks = WriteKey(),
                RequiresSignedRequests = true,
                DPoPBoundAccessTokens = true,
            });
            options.Clients.Add(new CibaSimulatorClient("certificate") { AuthenticationMethod = "tls_client_auth", TlsClientAuthSubjectDn = "CN=client" });
            options.ClientCertificateAuthorities.Add(_certificates.Authority);
        });
        _app = builder.Build();
        _ = _app.MapCibaSimulator("/op");
    }

    public string Folder { get; }

    public string Authority { get; private set; } = "";

    public string TlsAuthority { get; private set; } = "";

    /// <summary>Settings of a method that are right: the client of the terminal, by its secret over TLS.</summary>
    internal (string Name, object? Value)[] TerminalSettings =>
        [("Authority", TlsAuthority), ("ClientId", "terminal"), ("ClientSecret", Secret), ("BackchannelTrust", PathTo("ca.pem"))];

    public CibaSimulator Simulator => _app.Services.GetRequiredService<CibaSimulator>();

    public string PathTo(string file) => Path.Combine(Folder, file);

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new UriBuilder(address) { Host = "localhost" }.Uri).ToList();
        TlsAuthority = new Uri(addresses[1], "/op").AbsoluteUri;
        Simulator.Options.MtlsAlias = new CibaSimulatorMtlsAlias(addresses[1], addresses[2]);
        Authority = new Uri(addresses[0], "/op").AbsoluteUri;
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private string WriteKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(PathTo("client-key.pem"), key.ExportPkcs8PrivateKeyPem());
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}""";
    }
}
