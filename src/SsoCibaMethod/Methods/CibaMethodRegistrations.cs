using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Methods;

/// <summary>A section of which every child is a method, also one that is written there while the application runs.</summary>
/// <param name="Section">The section.</param>
internal sealed record CibaMethodSection(IConfigurationSection Section);

/// <summary>Which schemes are methods of ours: those the application was started with, and those that came into a section since. None leaves: logins of it may be under way.</summary>
internal sealed class CibaMethodRegistrations(IEnumerable<CibaMethodRegistration> atStart, IEnumerable<CibaMethodSection> sections)
{
    private readonly Lock _gate = new();
    private volatile CibaMethodRegistration[] _all = [.. atStart];

    public IReadOnlyList<CibaMethodRegistration> All => _all;

    /// <summary>What tells of changes: every section lives in the same configuration.</summary>
    public IConfiguration? Source => sections.Select(section => section.Section).Concat(_all.Select(registration => registration.Section).OfType<IConfigurationSection>()).FirstOrDefault();

    public CibaMethodRegistration? Find(string? scheme) => Array.Find(_all, registration => registration.Scheme == scheme);

    /// <summary>Looks for methods that were added.</summary>
    /// <returns>All there are now.</returns>
    public IReadOnlyList<CibaMethodRegistration> Look()
    {
        lock (_gate)
        {
            // Keys of configuration are the same whatever their case; schemes are not, and the name written first stays.
            var added = sections.SelectMany(section => section.Section.GetChildren()).DistinctBy(child => child.Key, StringComparer.OrdinalIgnoreCase)
                .Where(child => child.GetChildren().Any() && !Array.Exists(_all, known => string.Equals(known.Scheme, child.Key, StringComparison.OrdinalIgnoreCase)))
                .Select(child => new CibaMethodRegistration(child.Key, child)).ToList();
            return added.Count == 0 ? _all : _all = [.. _all, .. added];
        }
    }
}
