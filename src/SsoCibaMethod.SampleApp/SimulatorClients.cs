using SsoCibaMethod.Simulator;

namespace SsoCibaMethod.SampleApp;

/// <summary>The clients the simulator knows: those of the shipped methods, and those of the section <c>Simulator:Clients</c>.</summary>
internal static class SimulatorClients
{
    private static readonly string[] BySecret = ["client_secret_basic", "client_secret_post", "client_secret_jwt"];

    /// <summary>One for each method that authenticates by a secret.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="address">Where this application is reached, for notifications.</param>
    public static IEnumerable<CibaSimulatorClient> OfMethods(IConfiguration configuration, string address)
    {
        foreach (var method in configuration.GetSection("Ciba:Methods").GetChildren())
        {
            if (method["ClientId"] is { } clientId && method["ClientSecret"] is { } secret)
            {
                var delivery = method.GetValue("TokenDeliveryMode", CibaSimulatorDeliveryMode.Poll);
                var callback = method["CallbackPath"] ?? $"/signin-{method.Key.ToLowerInvariant()}";
                yield return new CibaSimulatorClient(clientId)
                {
                    Name = "Sample app",
                    Secret = secret,
                    AuthenticationMethod = method["ClientAuthentication:Method"] is { } chosen && BySecret.Contains(chosen) ? chosen : BySecret[0],
                    TokenDeliveryMode = delivery,
                    NotificationEndpoint = delivery is CibaSimulatorDeliveryMode.Poll ? null : new Uri($"{address}{callback}/notification"),
                };
            }
        }
    }

    /// <summary>What an administrator of a real OP does in its console: registers clients.</summary>
    /// <param name="clients">A section with a child for each client id.</param>
    public static IEnumerable<CibaSimulatorClient> OfSettings(IConfigurationSection clients) => clients.GetChildren().Select(client =>
        new CibaSimulatorClient(client.Key)
        {
            Name = client["Name"] ?? client.Key,
            Secret = client["Secret"],
            AuthenticationMethod = client["AuthenticationMethod"] ?? BySecret[0],
            TlsClientAuthSubjectDn = client["TlsClientAuthSubjectDn"],
            CertificateBoundAccessTokens = client.GetValue<bool>("CertificateBoundAccessTokens"),
            DPoPBoundAccessTokens = client.GetValue<bool>("DPoPBoundAccessTokens"),
            RequiresSignedRequests = client.GetValue<bool>("RequiresSignedRequests"),
            TokenDeliveryMode = client.GetValue("TokenDeliveryMode", CibaSimulatorDeliveryMode.Poll),
            NotificationEndpoint = client["NotificationEndpoint"] is { } endpoint ? new Uri(endpoint) : null,
            Jwks = client["JwksFile"] is { } file ? File.ReadAllText(file) : null,
        });
}
