namespace SsoCibaMethod;

/// <summary>How the login page looks and where it leads. Its words are the texts in <c>resources/</c>.</summary>
public sealed class CibaPageOptions
{
    /// <summary>The name of the service people sign in to, shown at the head of the page; the method's display name by default.</summary>
    public string? Name { get; set; }

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
}
