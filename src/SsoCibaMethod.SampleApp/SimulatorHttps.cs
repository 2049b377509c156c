using System.Net;
using SsoCibaMethod.Simulator;

namespace SsoCibaMethod.SampleApp;

/// <summary>
/// The simulator over TLS, when <c>Simulator:Https</c> is set: an address for everybody and one that asks for client certificates, beside those
/// that go on as before. The authority, and a client certificate it issued, lie in the folder <c>Simulator:Certificates</c>.
/// </summary>
internal static partial class SimulatorHttps
{
    private const int HttpsPort = 5443;
    private const int MtlsPort = 5444;

    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue<bool>("Simulator:Https");

    public static void Add(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var httpsPort = configuration.GetValue("Simulator:HttpsPort", HttpsPort);
        var mtlsPort = configuration.GetValue("Simulator:MtlsPort", MtlsPort);
        var certificates = CibaSimulatorCertificates.Open(
            configuration["Simulator:Certificates"] ?? Path.Combine(builder.Environment.ContentRootPath, "obj", "simulator"));
        certificates.IssueClient();
        builder.Services.AddSingleton(certificates);
        var alias = new CibaSimulatorMtlsAlias(new Uri($"https://localhost:{httpsPort}"), new Uri($"https://localhost:{mtlsPort}"));
        builder.WebHost.UseUrls([.. configuration["urls"]!.Split(';'), alias.Address.OriginalString, alias.MtlsAddress.OriginalString]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen =>
        {
            var port = (listen.EndPoint as IPEndPoint)?.Port;
            if (port == httpsPort || port == mtlsPort)
            {
                certificates.Serve(listen, asksForCertificates: port == mtlsPort);
            }
        }));
        builder.Services.Configure<CibaSimulatorOptions>(options =>
        {
            options.MtlsAlias = alias;
            options.ClientCertificateAuthorities.Add(certificates.Authority);
            options.NotificationHttp = new HttpMessageInvoker(certificates.CreateHandler());
        });
    }

    /// <summary>Tells the developer of the files.</summary>
    public static void Announce(WebApplication app) =>
        CertificatesReady(app.Logger, app.Services.GetRequiredService<CibaSimulatorCertificates>().Folder);

    [LoggerMessage(1, LogLevel.Information, "The simulated OP speaks https too. Trust ca.pem, and authenticate as a client by client.pfx or client.pem; all lie in {Folder}.")]
    private static partial void CertificatesReady(ILogger logger, string folder);
}
