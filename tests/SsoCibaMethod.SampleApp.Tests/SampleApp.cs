using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Simulator;

namespace SsoCibaMethod.SampleApp.Tests;

/// <summary>The sample application with all its parts in one test server: the OP, the shop and the bank call one another through it.</summary>
public sealed class SampleApp : WebApplicationFactory<Program>
{
    public const string Address = "http://127.0.0.1:9";

    public CibaSimulator Op => Services.GetRequiredService<CibaSimulator>();

    public HttpMessageInvoker CreateInvoker() => new(Server.CreateHandler());

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment("Development")
        .UseSetting("urls", Address)
        .ConfigureLogging(logging => logging.ClearProviders())
        .ConfigureTestServices(services => services
            .Configure<CibaSimulatorOptions>(options => options.Interval = TimeSpan.FromSeconds(1))
            .ConfigureAll<HttpClientFactoryOptions>(options =>
                options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = Server.CreateHandler())));
}
