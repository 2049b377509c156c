using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests;

/// <summary>The sample application as <c>--Simulator:Https=true</c> starts it, on real sockets.</summary>
public sealed class HttpsSampleApp : WebApplicationFactory<Program>
{
    private const int MostTries = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ciba-sample-");
    private readonly int _http = Loopback.FreePort();
    private readonly int _https = Loopback.FreePort();
    private readonly int _mtls = Loopback.FreePort();

    private readonly IEnumerable<(string Name, string Value)> _settings;

    private HttpsSampleApp(Func<HttpsSampleApp, IEnumerable<(string Name, string Value)>> settings)
    {
        _settings = settings(this);
        UseKestrel();
    }

    public CibaSimulator Op => Services.GetRequiredService<CibaSimulator>();

    public Uri HttpAddress => new($"http://localhost:{_http}");

    public Uri Authority => new($"https://localhost:{_https}/op");

    /// <summary>Step 1 of the tutorial: the authority to trust and a client certificate.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public static HttpsSampleApp Start(params (string Name, string Value)[] settings) => Start(_ => settings);

    /// <summary>Starts it with settings that name its own addresses and files.</summary>
    public static HttpsSampleApp Start(Func<HttpsSampleApp, IEnumerable<(string Name, string Value)>> settings)
    {
        // Between the choice of a port and its use somebody else may take it.
        for (var i = 1; ; i++)
        {
            var app = new HttpsSampleApp(settings);
            try
            {
                app.StartServer();
                return app;
            }
            catch (IOException) when (i < MostTries)
            {
                app.Dispose();
            }
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder
            .UseEnvironment("Development")
            .UseSetting("urls", HttpAddress.GetLeftPart(UriPartial.Authority))
            .UseSetting("Simulator:Https", "true")
            .UseSetting("Simulator:HttpsPort", $"{_https}")
            .UseSetting("Simulator:MtlsPort", $"{_mtls}")
            .UseSetting("Simulator:Certificates", _folder.FullName)
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureServices(services => services.Configure<CibaSimulatorOptions>(options => options.Interval = TimeSpan.FromSeconds(1)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _folder.Exists)
        {
            _folder.Delete(recursive: true);
            _folder.Refresh();
        }
    }
}
