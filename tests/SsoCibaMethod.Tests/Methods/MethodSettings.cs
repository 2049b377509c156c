using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Methods;

/// <summary>The catalogue over a set of settings, as a settings file would give them.</summary>
internal sealed class MethodSettings : IDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="settings">The settings.</param>
    /// <param name="configure">What the application sets besides.</param>
    /// <param name="afterTheRules">What happens between the check of a method's settings and its making.</param>
    public MethodSettings(Dictionary<string, string?> settings, Action<CibaOptions>? configure = null, Action? afterTheRules = null)
    {
        Configuration = (IConfigurationRoot)new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(Configuration);
        services.AddLogging(logging => logging.AddProvider(Log));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie()
            .AddCibaMethods(Configuration.GetSection("Ciba:Methods"));
        if (configure is not null)
        {
            services.PostConfigureAll(configure);
        }

        if (afterTheRules is not null)
        {
            services.AddOptions<CibaOptions>("Bank").Validate(_ =>
            {
                afterTheRules();
                return true;
            });
        }

        _services = services.BuildServiceProvider();
    }

    public CapturedLog Log { get; } = new();

    public IConfigurationRoot Configuration { get; }

    public CibaMethodCatalog Catalog => _services.GetRequiredService<CibaMethodCatalog>();

    /// <summary>One method, "Bank", with everything it needs and some settings more.</summary>
    public static MethodSettings Bank(params (string Name, string Value)[] more) => new(OfBank(more));

    /// <summary>The settings of <see cref="Bank"/>.</summary>
    public static Dictionary<string, string?> OfBank(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Ciba:Methods:Bank:Authority"] = "https://op.example",
            ["Ciba:Methods:Bank:ClientId"] = "app",
            ["Ciba:Methods:Bank:ClientSecret"] = "secret",
        };
        foreach (var (name, value) in more)
        {
            settings[$"Ciba:Methods:Bank:{name}"] = value;
        }

        return settings;
    }

    public CibaMethod Method(string name = "Bank") => Catalog.Find(name)!;

    public void Change(string key, string? value)
    {
        Configuration[key] = value;
        Configuration.Reload();
    }

    public void Dispose()
    {
        _services.Dispose();
        ((IDisposable)Configuration).Dispose();
    }
}
