using SsoCibaMethod.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds <see cref="CibaClient"/> to a program's services: one for the process, made when first asked for.</summary>
public static class CibaClientServiceCollectionExtensions
{
    /// <summary>Adds the client of one OP.</summary>
    /// <param name="services">The services.</param>
    /// <param name="authority">The OP's issuer, an https address; its discovery document is read from there.</param>
    /// <param name="settings">What the client is registered as.</param>
    /// <param name="transport">What differs on the way to the OP; the settings' certificate is shown in any case.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">The authority is not an https address.</exception>
    public static IServiceCollection AddCibaClient(
        this IServiceCollection services, string authority, CibaClientSettings settings, BackchannelTransportSettings? transport = null) =>
        services.AddCibaClient(authority, _ => settings, _ => ClientAssembly.CreateHandler(settings, transport), ownsHandler: true, name: null);

    /// <summary>Adds the client of one OP, made from other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="authority">The OP's issuer, an https address; its discovery document is read from there.</param>
    /// <param name="settings">What the client is registered as.</param>
    /// <param name="handler">
    /// The way to the OP, which stays the caller's: it must not follow redirects. By default <see cref="BackchannelTransport"/> makes one for the settings.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">The authority is not an https address.</exception>
    public static IServiceCollection AddCibaClient(
        this IServiceCollection services, string authority, Func<IServiceProvider, CibaClientSettings> settings, Func<IServiceProvider, HttpMessageHandler>? handler = null) =>
        services.AddCibaClient(authority, settings, handler, ownsHandler: handler is null, name: null);

    /// <summary>Adds the client of one OP among several, found by its name: <c>[FromKeyedServices("bank")] CibaClient client</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The client's name in this program.</param>
    /// <param name="authority">The OP's issuer, an https address; its discovery document is read from there.</param>
    /// <param name="settings">What the client is registered as.</param>
    /// <param name="transport">What differs on the way to the OP; the settings' certificate is shown in any case.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">The authority is not an https address.</exception>
    public static IServiceCollection AddKeyedCibaClient(
        this IServiceCollection services, string name, string authority, CibaClientSettings settings, BackchannelTransportSettings? transport = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return services.AddCibaClient(authority, _ => settings, _ => ClientAssembly.CreateHandler(settings, transport), ownsHandler: true, name);
    }

    /// <summary>Adds the client of one OP among several, made from other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The client's name in this program.</param>
    /// <param name="authority">The OP's issuer, an https address; its discovery document is read from there.</param>
    /// <param name="settings">What the client is registered as.</param>
    /// <param name="handler">
    /// The way to the OP, which stays the caller's: it must not follow redirects. By default <see cref="BackchannelTransport"/> makes one for the settings.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">The authority is not an https address.</exception>
    public static IServiceCollection AddKeyedCibaClient(
        this IServiceCollection services,
        string name,
        string authority,
        Func<IServiceProvider, CibaClientSettings> settings,
        Func<IServiceProvider, HttpMessageHandler>? handler = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return services.AddCibaClient(authority, settings, handler, ownsHandler: handler is null, name);
    }

    // The key null is the service without a key.
    private static IServiceCollection AddCibaClient(
        this IServiceCollection services,
        string authority,
        Func<IServiceProvider, CibaClientSettings> settings,
        Func<IServiceProvider, HttpMessageHandler>? handler,
        bool ownsHandler,
        string? name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(settings);
        _ = ClientAssembly.MetadataAddress(authority);
        return services
            .AddKeyedSingleton(name, (provider, _) =>
            {
                var registered = settings(provider);
                var way = handler?.Invoke(provider) ?? ClientAssembly.CreateHandler(registered, transport: null);
                return new OwnedClient(ClientAssembly.Create(registered, authority, way, provider.GetService<TimeProvider>()), ownsHandler ? way : null);
            })
            .AddKeyedSingleton(name, (provider, _) => provider.GetRequiredKeyedService<OwnedClient>(name).Client);
    }
}
