using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.Pages;

/// <summary>What the components of one page may inject: the page, and for a layout of the host whatever the host has.</summary>
internal sealed class PageServices(PageModel page, HtmlEncoder encoder, ILoggerFactory loggers, IServiceProvider host) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(PageModel) ? page
        : serviceType == typeof(HtmlEncoder) ? encoder
        : serviceType == typeof(ILoggerFactory) ? loggers
        : serviceType == typeof(IServiceProvider) ? this
        : host.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) => (host as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => GetKeyedService(serviceType, serviceKey)
        ?? throw new InvalidOperationException($"No service of the type {serviceType} and the key {serviceKey} has been registered.");
}
