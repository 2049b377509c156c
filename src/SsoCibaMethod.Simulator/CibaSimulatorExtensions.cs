using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Simulator.Metadata;
using SsoCibaMethod.Simulator.Phone;
using SsoCibaMethod.Simulator.Requests;
using SsoCibaMethod.Simulator.Resources;
using SsoCibaMethod.Simulator.Tokens;

namespace SsoCibaMethod.Simulator;

/// <summary>Adds an OP that speaks CIBA to an application, for development and tests only.</summary>
public static class CibaSimulatorExtensions
{
    /// <summary>Adds the services of the simulator; <see cref="CibaSimulator"/> can then be resolved.</summary>
    /// <returns>The same services.</returns>
    /// <param name="services">The services.</param>
    /// <param name="configure">Registers clients and accounts, sets switches.</param>
    public static IServiceCollection AddCibaSimulator(this IServiceCollection services, Action<CibaSimulatorOptions>? configure = null)
    {
        services.AddLogging();
        services.AddRouting();
        services.AddOptions<CibaSimulatorOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PhoneRenderer>();
        services.TryAddSingleton(provider => new CibaSimulator(
            provider.GetRequiredService<IOptions<CibaSimulatorOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CibaSimulator>>()));
        return services;
    }

    /// <summary>Maps the endpoints of the OP and its phone, all of them open to everybody.</summary>
    /// <returns>The group of endpoints, for further conventions.</returns>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="path">The path under which the OP lives; with it the address makes the issuer.</param>
    public static IEndpointConventionBuilder MapCibaSimulator(this IEndpointRouteBuilder endpoints, string path = "/op")
    {
        if (endpoints.ServiceProvider.GetService<CibaSimulator>() is null)
        {
            throw new InvalidOperationException("Call services.AddCibaSimulator() before MapCibaSimulator().");
        }

        var group = endpoints.MapGroup(path);
        group.AllowAnonymous().ExcludeFromDescription();
        group.MapGet(DiscoveryEndpoint.Path, DiscoveryEndpoint.HandleAsync);
        group.MapGet(JwksEndpoint.Path, JwksEndpoint.HandleAsync);
        group.MapPost(BackchannelAuthenticationEndpoint.Path, BackchannelAuthenticationEndpoint.HandleAsync);
        group.MapPost(TokenEndpoint.Path, TokenEndpoint.HandleAsync);
        group.MapMethods(UserInfoEndpoint.Path, [HttpMethods.Get, HttpMethods.Post], UserInfoEndpoint.HandleAsync);
        group.MapGet(ApiEndpoint.Path, ApiEndpoint.HandleAsync);
        PhoneEndpoints.Map(group);
        return group;
    }
}
