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
        services.AddKeyedSingleton(Shop.Name, (provider, _) =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var http = new HttpMessageInvoker(provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(Shop.Name), disposeHandler: false);
            var settings = new CibaClientSettings
            {
                ClientId = Shop.Name,
                Authentication = new ClientSecretBasic(Secret),
                DPoP = provider.GetRequiredService<DPoPKey>(),
            };
            var authority = builder.Configuration["ShopAndBank:Authority"];
            var metadata = new ProviderMetadataSettings
            {
                MetadataAddress = new Uri($"{authority}/.well-known/openid-configuration"),
                ExpectedIssuer = authority,
                Client = settings,
            };
            return new CibaClient(settings, new ProviderMetadataSource(metadata, http, time), http, time);
        });
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Bank.Map(endpoints);
        Shop.Map(endpoints);
    }
}
