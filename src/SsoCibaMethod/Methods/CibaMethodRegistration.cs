using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SsoCibaMethod.Methods;

/// <summary>That a scheme is a method of ours, and where its settings stand.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Section">Its section in a settings file; <see langword="null"/> for a method added in code, which has the framework's own section.</param>
internal sealed record CibaMethodRegistration(string Scheme, IConfigurationSection? Section)
{
    /// <summary>Whether a fault switches the method off, rather than stop the host from starting.</summary>
    public bool IsFromFile => Section is not null;

    /// <summary>Whether anything is written of it where it is read from.</summary>
    public bool IsThere => Section is null || Section.AsEnumerable().Any(entry => entry.Value is not null);

    /// <summary>The sections the method is read from, the later ones winning.</summary>
    public IEnumerable<IConfigurationSection> Sections(IConfiguration? configuration, IAuthenticationConfigurationProvider? framework)
    {
        if (Section is null)
        {
            // "Authentication:Schemes:{scheme}", the place every handler of the framework has.
            return framework is null ? [] : [framework.AuthenticationConfiguration.GetSection($"Schemes:{Scheme}")];
        }

        // What every method starts from stands beside the methods: "Ciba:Defaults" beside "Ciba:Methods".
        var methods = ConfigurationPath.GetParentPath(Section.Path);
        var above = ConfigurationPath.GetParentPath(methods);
        var defaults = above is null ? "Defaults" : ConfigurationPath.Combine(above, "Defaults");
        return configuration is null ? [Section] : [configuration.GetSection(defaults), Section];
    }
}

/// <summary>Reads the sections of a method into its options.</summary>
internal sealed class CibaConfigureOptions(
    CibaMethodRegistrations registrations, IConfiguration? configuration = null, IAuthenticationConfigurationProvider? framework = null)
    : IConfigureNamedOptions<CibaOptions>
{
    public void Configure(string? name, CibaOptions options)
    {
        foreach (var section in registrations.Find(name)?.Sections(configuration, framework) ?? [])
        {
            CibaSettingsReader.Read(section, options);
        }
    }

    public void Configure(CibaOptions options) => Configure(Options.DefaultName, options);
}
