using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>What a host would make of the two directories: its own services read them, in an application that never starts.</summary>
internal sealed class ConfiguredMethods : IDisposable
{
    private readonly IHost _host;
    private readonly TextFaultLog _log;

    private ConfiguredMethods(IHost host, TextFaultLog log, string file)
    {
        _host = host;
        _log = log;
        File = file;
        Places = new SettingPlaces(file, (IConfigurationRoot)Configuration);
        Time = host.Services.GetRequiredService<TimeProvider>();
    }

    public string File { get; }

    public SettingPlaces Places { get; }

    public TimeProvider Time { get; }

    public IConfiguration Configuration => _host.Services.GetRequiredService<IConfiguration>();

    /// <summary>Where texts are read from; <see langword="null"/> where only those built in are there.</summary>
    public string? Resources => CibaDirectories.Resources(Configuration, _host.Services.GetRequiredService<IHostEnvironment>());

    /// <summary>All methods, in the order of their names.</summary>
    public IReadOnlyList<CibaMethod> All => [.. (_host.Services.GetService<CibaMethodCatalog>()?.All ?? []).OrderBy(method => method.Scheme, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Reads everything.</summary>
    /// <exception cref="InvalidDataException">The file of the methods cannot be read.</exception>
    public static ConfiguredMethods Read(CheckedFolders folders, Action<IConfigurationBuilder> overrides, TimeProvider time)
    {
        // Paths in the environment count from the application's content root, which is mostly where config/ is.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = Path.GetDirectoryName(folders.Config) ?? folders.Config });
        _ = builder.Configuration.AddInMemoryCollection(folders.Settings);
        _ = builder.AddCibaConfiguration();
        overrides(builder.Configuration);

        // What the command line names wins over the environment.
        _ = builder.Configuration.AddInMemoryCollection(folders.Settings);
        var log = new TextFaultLog();
        _ = builder.Logging.AddProvider(log);
        _ = builder.Services.AddSingleton(time);
        var ciba = builder.Configuration.GetSection("Ciba");
        var authentication = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddCibaMethods(ciba.GetSection("Methods"));
        var names = ciba.GetSection("Methods").GetChildren().Select(method => method.Key).Append(CookieAuthenticationDefaults.AuthenticationScheme).ToHashSet(StringComparer.Ordinal);
        foreach (var scheme in HostSchemes.NamedIn(ciba).Where(names.Add))
        {
            _ = authentication.AddCookie(scheme);
        }

        return new ConfiguredMethods(builder.Build(), log, Path.Combine(folders.Config, "ciba.json"));
    }

    /// <summary>What the host has to say against the files of texts.</summary>
    public IReadOnlyList<string> FaultsOfTexts()
    {
        // It reads them when it is made; where there is no method, there is none.
        _ = _host.Services.GetService<MessageCatalog>();
        return _log.Faults;
    }

    public void Dispose() => _host.Dispose();
}
