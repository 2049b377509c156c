using SsoCibaMethod.SampleApp.PasswordFirst;
using SsoCibaMethod.SampleApp.ShopAndBank;
using SsoCibaMethod.Simulator;

namespace SsoCibaMethod.SampleApp;

/// <summary>Runs the simulator as this application's OP: always in development, elsewhere only when told to.</summary>
internal static class SimulatorSetup
{
    private const string DefaultAddress = "http://localhost:5080";

    public static bool IsEnabled(WebApplicationBuilder builder) =>
        builder.Configuration.GetValue("Simulator:Enabled", builder.Environment.IsDevelopment());

    public static void Add(WebApplicationBuilder builder)
    {
        var address = Address(builder);
        if (address != DefaultAddress)
        {
            Follow(builder, address);
        }

        builder.Services.AddCibaSimulator(options =>
        {
            foreach (var client in SimulatorClients.OfMethods(builder.Configuration, address)
                .Concat(SimulatorClients.OfSettings(builder.Configuration.GetSection("Simulator:Clients"))))
            {
                options.Clients.Add(client);
            }
        });
        if (SimulatorHttps.IsEnabled(builder.Configuration))
        {
            SimulatorHttps.Add(builder);
        }

        builder.Configuration["ShopAndBank:Address"] = address;
        builder.Configuration["ShopAndBank:Authority"] = address + "/op";
        ShopAndBankSetup.Add(builder);
        PasswordFirstSetup.Add(builder);
    }

    public static void Map(WebApplication app)
    {
        app.MapCibaSimulator("/op");
        ShopAndBankSetup.Map(app);
        PasswordFirstSetup.Map(app);
        if (SimulatorHttps.IsEnabled(app.Configuration))
        {
            SimulatorHttps.Announce(app);
        }
    }

    // Where this process listens, seen from itself.
    private static string Address(WebApplicationBuilder builder)
    {
        var urls = builder.Configuration["urls"];
        if (string.IsNullOrEmpty(urls))
        {
            builder.WebHost.UseUrls(DefaultAddress);
            return DefaultAddress;
        }

        var first = BindingAddress.Parse(urls.Split(';')[0]);
        var host = first.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : first.Host;
        return $"{first.Scheme}://{host}:{first.Port}{first.PathBase}";
    }

    // The shipped settings name the OP by the default address; with --urls it is elsewhere.
    private static void Follow(WebApplicationBuilder builder, string address)
    {
        foreach (var method in builder.Configuration.GetSection("Ciba:Methods").GetChildren())
        {
            if (method["Authority"] is { } authority && authority.StartsWith(DefaultAddress + "/", StringComparison.Ordinal))
            {
                builder.Configuration[$"{method.Path}:Authority"] = address + authority[DefaultAddress.Length..];
            }
        }
    }
}
