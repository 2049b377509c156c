using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using SsoCibaMethod;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Protection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds sign-in by CIBA to an application.</summary>
public static class CibaExtensions
{
    /// <summary>
    /// Adds sign-in by CIBA with all it needs: the cookie scheme that keeps users signed in, both as defaults, and the method <c>Ciba</c>,
    /// read from the section <c>Authentication:Schemes:Ciba</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Settings in code; they win over the section.</param>
    /// <returns>The builder, for further schemes.</returns>
    public static AuthenticationBuilder AddCibaAuthentication(this IServiceCollection services, Action<CibaOptions>? configure = null) => services
        .AddAuthentication(options =>
        {
            options.DefaultScheme ??= CookieAuthenticationDefaults.AuthenticationScheme;
            options.DefaultChallengeScheme ??= CibaDefaults.AuthenticationScheme;
        })
        .AddCookie()
        .AddCibaAuthentication(configure ?? (_ => { }));

    /// <summary>Adds the method <c>Ciba</c>, read from the section <c>Authentication:Schemes:Ciba</c>.</summary>
    /// <param name="builder">The application's authentication.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddCibaAuthentication(this AuthenticationBuilder builder) =>
        builder.AddCibaAuthentication(CibaDefaults.AuthenticationScheme, _ => { });

    /// <inheritdoc cref="AddCibaAuthentication(AuthenticationBuilder)"/>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="configure">Settings in code; they win over the section.</param>
    public static AuthenticationBuilder AddCibaAuthentication(this AuthenticationBuilder builder, Action<CibaOptions> configure) =>
        builder.AddCibaAuthentication(CibaDefaults.AuthenticationScheme, configure);

    /// <summary>Adds a method under a scheme of its own, read from the section <c>Authentication:Schemes:{scheme}</c>.</summary>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="configure">Settings in code; they win over the section.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddCibaAuthentication(this AuthenticationBuilder builder, string scheme, Action<CibaOptions> configure) =>
        builder.AddCibaAuthentication(scheme, displayName: scheme == CibaDefaults.AuthenticationScheme ? CibaDefaults.DisplayName : scheme, configure);

    /// <inheritdoc cref="AddCibaAuthentication(AuthenticationBuilder, string, Action{CibaOptions})"/>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="displayName">What a menu of sign-in methods shows.</param>
    /// <param name="configure">Settings in code; they win over the section.</param>
    public static AuthenticationBuilder AddCibaAuthentication(
        this AuthenticationBuilder builder, string scheme, string? displayName, Action<CibaOptions> configure) =>
        builder.AddMethod(new CibaMethodRegistration(scheme, Section: null), displayName, configure);

    /// <summary>
    /// Adds every child of a section as a method, the child's name being the scheme: <c>Ciba:Methods</c> of <c>config/ciba.json</c>. One that is written there while the
    /// application runs becomes a method, and a scheme, within seconds; one that is removed takes no new login.
    /// What every method starts from stands in the section <c>Defaults</c> beside it. A fault of one method switches off that method alone.
    /// Read the file in by <see cref="AddCibaConfiguration(IHostApplicationBuilder)"/>.
    /// </summary>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="methods">The section of methods.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddCibaMethods(this AuthenticationBuilder builder, IConfigurationSection methods)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(methods);
        AddServices(builder.Services);
        builder.Services.TryAddTransient<CibaHandler>();
        builder.Services.AddSingleton(new CibaMethodSection(methods));
        builder.Services.TryAddTransient<GoneMethodHandler>();
        builder.Services.Configure<AuthenticationOptions>(options =>
        {
            if (!options.SchemeMap.ContainsKey(GoneMethodHandler.Scheme))
            {
                options.AddScheme<GoneMethodHandler>(GoneMethodHandler.Scheme, displayName: null);
            }
        });
        foreach (var method in methods.GetChildren())
        {
            builder.AddMethod(new CibaMethodRegistration(method.Key, method), method["DisplayName"] ?? method.Key, configure: null);
        }

        return builder;
    }

    /// <summary>
    /// Reads <c>config/ciba.json</c>: in the directory named by <c>Ciba:ConfigDirectory</c>, else the first found from the content root upwards, else beside the binaries.
    /// A change is in effect within seconds; an unreadable file changes nothing. Environment variables and the command line win over it.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidDataException">The file is there but cannot be read; the message says where and why.</exception>
    public static IHostApplicationBuilder AddCibaConfiguration(this IHostApplicationBuilder builder) => builder.AddCibaConfiguration(TimeProvider.System);

    internal static IHostApplicationBuilder AddCibaConfiguration(this IHostApplicationBuilder builder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (CibaDirectories.Config(builder.Configuration, builder.Environment) is { } directory)
        {
            var sources = builder.Configuration.Sources;
            var overrides = sources.FirstOrDefault(source =>
                source is Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationSource { Prefix: null or "" }
                or Configuration.CommandLine.CommandLineConfigurationSource);
            var index = overrides is null ? sources.Count : sources.IndexOf(overrides);
            sources.Insert(index, new CibaConfigurationSource(Path.Combine(directory, "ciba.json"), time));
        }

        return builder;
    }

    private static AuthenticationBuilder AddMethod(
        this AuthenticationBuilder builder, CibaMethodRegistration registration, string? displayName, Action<CibaOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddServices(builder.Services);
        builder.Services.AddSingleton(registration);
        return builder.AddRemoteScheme<CibaOptions, CibaHandler>(registration.Scheme, displayName, options =>
        {
            options.DisplayName ??= registration.IsFromFile ? null : displayName;
            configure?.Invoke(options);
        });
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddAntiforgery();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CibaOptions>, CibaConfigureOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CibaOptions>, CibaPostConfigureOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CibaOptions>, CibaOptionsValidator>());
        services.TryAddSingleton<CibaMethodRegistrations>();
        services.TryAddSingleton<CibaMethodReader>();
        services.TryAddSingleton<CibaMethodCatalog>();
        services.TryAddSingleton<IOptionsMonitor<CibaOptions>>(provider => provider.GetRequiredService<CibaMethodCatalog>());

        services.TryAddSingleton<MessageCatalog>();
        services.TryAddSingleton<IStringLocalizer<CibaMessages>, CibaMessageLocalizer>();
        services.TryAddSingleton<IPendingLoginStore, InMemoryPendingLoginStore>();
        services.TryAddSingleton<PendingLoginProtector>();
        services.TryAddSingleton<PendingLoginService>();
        services.TryAddSingleton<CibaMetrics>();
        services.TryAddSingleton<BurstWatch>();
        services.TryAddSingleton<LoginReports>();
        services.TryAddSingleton<LoginStarter>();
        services.TryAddSingleton<AddressFence>();
        services.TryAddSingleton<HintHashKey>();
        services.TryAddSingleton<StartHashes>();
        services.TryAddSingleton<StartLimits>();
        services.TryAddSingleton<IdTokenChecks>();
        services.TryAddSingleton<OpHealths>();
        services.TryAddSingleton<LoginPoller>();
        services.TryAddSingleton<LoginTakeOver>();
        services.TryAddSingleton<PageRenderer>();

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CibaStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MetadataWatch>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyFileWatch>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LoginPollerHost>());
    }
}
