using System.Net;

namespace SsoCibaMethod.Protection;

/// <summary>Where a start comes from.</summary>
/// <param name="Address">The network address; <see langword="null"/> where it came by no network.</param>
/// <param name="Browser">The browser, where it is known.</param>
internal sealed record StartSource(IPAddress? Address, KnownBrowser? Browser)
{
    /// <summary>The try that the fence let through; <see langword="null"/> where it does not count this one.</summary>
    public StartWindow.Try? Passed { get; init; }

    // By what the user cannot have chosen freely: the hints of a known browser are those it has signed in with.
    public bool IsKnownFor(CibaLoginHint hint) => Browser?.Knows(hint) == true;
}
