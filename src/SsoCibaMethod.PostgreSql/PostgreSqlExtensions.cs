using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SsoCibaMethod;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.PostgreSql.Database;
using SsoCibaMethod.PostgreSql.Farm;
using SsoCibaMethod.PostgreSql.Keys;
using SsoCibaMethod.PostgreSql.Store;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds PostgreSQL to an application that signs people in by CIBA on more than one node.</summary>
public static class PostgreSqlExtensions
{
    /// <summary>
    /// Keeps pending logins in PostgreSQL: every node can show, redeem and cancel each of them, and takes over what a node that died was polling for. The nodes must share the keys of
    /// data protection and its application name too; each tests that of the others and logs what is missing. The tables are created and brought up to date at the start.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">The connection string; see <see cref="PostgreSqlStoreOptions.ConnectionString"/>.</param>
    /// <param name="configure">Further settings.</param>
    /// <returns>The services.</returns>
    /// <exception cref="OptionsValidationException">At the start of the host: a setting cannot be used.</exception>
    public static IServiceCollection PersistPendingLoginsToPostgreSql(
        this IServiceCollection services, string? connectionString, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddDatabase(services);
        services.Configure<PostgreSqlStoreOptions>(options =>
        {
            options.ConnectionString = connectionString;
            configure?.Invoke(options);
        });

        // Whether the handler was added before or after.
        services.RemoveAll<IPendingLoginStore>();
        services.AddSingleton<IPendingLoginStore, PostgreSqlPendingLoginStore>();
        services.TryAddSingleton<FarmNodes>();
        services.AddDataProtection();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FarmCheck>());
        return services;
    }

    /// <summary>
    /// Keeps the key ring in the database of <see cref="PersistPendingLoginsToPostgreSql"/>, so that nodes share it without a common directory. The keys then lie beside the data they
    /// protect, and protect nothing against whoever reads that database, unless they are wrapped, for example by
    /// <see cref="DataProtectionBuilderExtensions.ProtectKeysWithCertificate(IDataProtectionBuilder, string)"/>; the log says so at the start.
    /// </summary>
    /// <param name="builder">The data protection of the host.</param>
    /// <returns>The builder.</returns>
    public static IDataProtectionBuilder PersistKeysToPostgreSql(this IDataProtectionBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddDatabase(builder.Services);
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new KeyRepository(services.GetRequiredService<CibaDatabase>())));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyWarning>());
        return builder;
    }

    private static void AddDatabase(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CibaDatabase>();
        services.AddOptions<PostgreSqlStoreOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlStoreOptions>, PostgreSqlStoreOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseStartup>());
    }
}
