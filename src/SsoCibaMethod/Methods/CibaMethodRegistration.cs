using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SsoCibaMethod.Methods;

/// <summary>That a scheme is a method of ours, and which sections of configuration it is read from.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Sections">The sections, the later ones winning; <see langword="null"/> means the framework's own for the scheme.</param>
/// <param name="IsFromFile">Whether a fault switches the method off, rather than stop the host from starting.</param>
internal sealed record CibaMethodRegistration(string Scheme, IReadOnlyList<IConfigurationSection>? Sections, bool IsFromFile);

/// <summary>Reads the sections of a method into its options.</summary>
internal sealed class CibaConfigureOptions(
    IEnumerable<CibaMethodRegistration> registrations,
    Microsoft.AspNetCore.Authentication.IAuthenticationConfigurationProvider? configuration = null) : IConfigureNamedOptions<CibaOptions>
{
    public void Configure(string? name, CibaOptions options)
    {
        foreach (var section in Sections(name))
        {
            CibaSettingsReader.Read(section, options);
        }
    }

    public void Configure(CibaOptions options) => Configure(Options.DefaultName, options);

    private IEnumerable<IConfigurationSection> Sections(string? scheme)
    {
        var registration = registrations.FirstOrDefault(candidate => candidate.Scheme == scheme);
        return registration is null ? [] : registration.Sections ?? Framework(registration.Scheme);
    }

    // "Authentication:Schemes:{scheme}", the place every handler of the framework has.
    private IEnumerable<IConfigurationSection> Framework(string scheme) =>
        configuration?.AuthenticationConfiguration is { } root ? [root.GetSection($"Schemes:{scheme}")] : [];
}
