using SsoCibaMethod.Client;

namespace SsoCibaMethod.SampleApp.ShopAndBank;

/// <summary>Both sides of a payment, with the simulator as the bank's OP.</summary>
internal static class ShopAndBankSetup
{
    private const string Secret = "for-the-simulator-only";

    public static void Add(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpClient();
        services.AddHttpClient(Shop.Name).ConfigurePrimaryHttpMessageHandler(() => BackchannelTransport.CreateHandler());
        services.AddSingleton<BankGate>();
        services.AddSingleton<Bank>();
        services.AddSingleton<Shop>();
        services.AddSingleton(provider => DPoPKey.Create(provider.GetRequiredService<TimeProvider>()));
        services.AddKeyedCibaClient(
            Shop.Name,
            builder.Configuration["ShopAndBank:Authority"]!,
            provider => new CibaClientSettings
            {
                ClientId = Shop.Name,
                Authentication = new ClientSecretBasic(Secret),
                DPoP = provider.GetRequiredService<DPoPKey>(),
            },
            provider => provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(Shop.Name));
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Bank.Map(endpoints);
        Shop.Map(endpoints);
    }
}
