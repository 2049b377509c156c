namespace SsoCibaMethod;

/// <summary>How the login page looks and where it leads. Its words are the texts in <c>resources/</c>.</summary>
public sealed class CibaPageOptions
{
    /// <summary>The name of the service people sign in to, shown at the head of the page; the method's display name by default.</summary>
    public string? Name { get; set; }

    /// <summary>A picture shown there instead of ours: an SVG, PNG or WebP file of at most 64 KB, served from the page's own address.</summary>
    public string? Logo { get; set; }

    /// <summary>The colour of buttons and links on a light page, as <c>#rrggbb</c>; it must stand out from white by a contrast of 4.5 (WCAG 2.2, 1.4.3).</summary>
    public string? Accent { get; set; }

    /// <summary>The same on a dark page, where it must stand out from <c>#161b23</c>. Without it the dark page keeps its own colour.</summary>
    public string? AccentDark { get; set; }

    /// <summary>What the app on the phone is called, so that the page can say what to open.</summary>
    public string? PhoneApp { get; set; }

    /// <summary>Where help is: an address on this site that begins with <c>/</c>, or one that begins with <c>https://</c>.</summary>
    public string? Help { get; set; }

    /// <summary>Where the privacy statement is, in the same form.</summary>
    public string? Privacy { get; set; }

    /// <summary>Where the accessibility statement is, in the same form.</summary>
    public string? Accessibility { get; set; }

    /// <summary>
    /// Other ways to sign in, by what the link says: a scheme of the application, which is challenged with the same return address, or an address in the form of
    /// <see cref="Help"/>, in which <c>{returnUrl}</c> stands for that. They come first where the page is read on a phone, for CIBA wants two devices (RFC 10027).
    /// </summary>
    public IDictionary<string, string> OtherWays { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The languages the page offers, by their tags; all there are texts in by default. With one there is no choice to show.</summary>
    public IList<string> Languages { get; set; } = [];

    /// <summary>
    /// A component of the host that draws the page around ours: a type that derives from <see cref="CibaPageLayout"/>. The forms and the state stay ours, so that it
    /// can break neither.
    /// </summary>
    public Type? Layout { get; set; }
}
