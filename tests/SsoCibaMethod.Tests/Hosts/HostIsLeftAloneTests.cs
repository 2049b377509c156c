using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

/// <summary>The host is somebody else's.</summary>
public class HostIsLeftAloneTests
{
    [Fact]
    public void Adding_the_handler_removes_and_replaces_no_service_of_an_MVC_host()
    {
        var before = MvcHost();
        var after = MvcHost();
        after.AddAuthentication().AddCibaAuthentication();

        Assert.Equal(before.Select(Describe), after.Take(before.Count).Select(Describe));
        Assert.All(after.Skip(before.Count), added => Assert.True(IsOurs(added), Describe(added)));
    }

    [Fact]
    public void A_bare_host_gets_no_MVC_no_Blazor_no_localization_and_no_routing()
    {
        var services = new ServiceCollection();
        services.AddCibaAuthentication();

        Assert.DoesNotContain(services, service => service.ServiceType == typeof(IStringLocalizerFactory) || service.ServiceType == typeof(IStringLocalizer<>));
        Assert.DoesNotContain(services, service => Assembly(service) is var name
            && (name.Contains(".Mvc", StringComparison.Ordinal) || name.Contains("Components", StringComparison.Ordinal) || name.Contains("Routing", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(typeof(AntiforgeryOptions))]
    [InlineData(typeof(CookieAuthenticationOptions))]
    [InlineData(typeof(LocalizationOptions))]
    [InlineData(typeof(RouteOptions))]
    [InlineData(typeof(MvcOptions))]
    [InlineData(typeof(Microsoft.AspNetCore.Http.Json.JsonOptions))]
    [InlineData(typeof(HostOptions))]
    [InlineData(typeof(CookiePolicyOptions))]
    [InlineData(typeof(AuthenticationOptions), "SchemeMap")]
    public void Options_of_others_stay_as_they_were(Type type, string but = "")
    {
        var without = MvcHost().BuildServiceProvider();
        var services = MvcHost();
        services.AddAuthentication().AddCibaAuthentication();
        var with = services.BuildServiceProvider();

        foreach (var property in type.GetProperties().Where(property => property.Name != but && property.Name != "Schemes" && property.GetIndexParameters().Length == 0))
        {
            Assert.True(Text(property.GetValue(Read(without, type))) == Text(property.GetValue(Read(with, type))), property.Name);
        }
    }

    [Fact]
    public async Task A_foreign_request_asks_for_the_handler_and_for_nothing_else_of_ours()
    {
        var asked = new List<Type>();
        await using var host = await CibaTestHost.StartAsync(pipeline: app =>
        {
            app.Use(async (context, next) =>
            {
                context.Features.Set<IServiceProvidersFeature>(new Recording(context.RequestServices, asked));
                await next(context);
            });
            CibaTestHost.ShowUser(app);
        });
        using var browser = host.CreateBrowser();

        Assert.Equal("home", (await browser.OpenAsync("/")).Body);

        Assert.Equal([typeof(CibaHandler)], asked.Where(type => type.Assembly == typeof(CibaHandler).Assembly).Distinct());
        Assert.DoesNotContain(typeof(IAntiforgery), asked);
    }

    private static ServiceCollection MvcHost()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLocalization(options => options.ResourcesPath = "Resources");
        services.AddControllersWithViews();
        services.AddAuthentication("Cookies").AddCookie();
        return services;
    }

    private static object Read(IServiceProvider services, Type type) =>
        ((dynamic)services.GetRequiredService(typeof(IOptionsMonitor<>).MakeGenericType(type))).Get(type == typeof(CookieAuthenticationOptions) ? "Cookies" : "");

    // Two objects made by the same code read the same.
    private static string Text(object? value) => value switch
    {
        null => "",
        CookieBuilder cookie => $"{cookie.Name} {cookie.Path} {cookie.SameSite} {cookie.SecurePolicy} {cookie.HttpOnly} {cookie.IsEssential} {cookie.Expiration}",
        string text => text,
        System.Collections.IEnumerable items => string.Join(' ', items.Cast<object>()),
        _ => value.ToString() ?? "",
    };

    // Our own services and options, and what the framework adds for any scheme: its name, and that its options are read at the start.
    private static bool IsOurs(ServiceDescriptor service) =>
        Assembly(service) == "SsoCibaMethod"
        || service.ServiceType.GenericTypeArguments.Any(argument => argument.Assembly == typeof(CibaHandler).Assembly)
        || service.ServiceType == typeof(TimeProvider)
        || service.ServiceType == typeof(IConfigureOptions<AuthenticationOptions>)
        || service.ServiceType.GenericTypeArguments is [{ Name: "StartupValidatorOptions" }];

    private static string Assembly(ServiceDescriptor service) => (service.ImplementationType ?? service.ServiceType).Assembly.GetName().Name!;

    private static string Describe(ServiceDescriptor service) =>
        $"{service.Lifetime} {service.ServiceType} {service.ImplementationType} {service.ImplementationInstance?.GetType()} {service.ImplementationFactory?.Method.Name}";

    private sealed class Recording(IServiceProvider services, List<Type> asked) : IServiceProvidersFeature, IServiceProvider
    {
        public IServiceProvider RequestServices
        {
            get => this;
            set => throw new NotSupportedException();
        }

        public object? GetService(Type serviceType)
        {
            asked.Add(serviceType);
            return services.GetService(serviceType);
        }
    }
}
