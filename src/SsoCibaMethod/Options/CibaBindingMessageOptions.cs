namespace SsoCibaMethod;

/// <summary>The binding message: the text <c>UBAA_TEXT</c> with a fresh random code for <c>{0}</c>.</summary>
public sealed class CibaBindingMessageOptions
{
    /// <summary>Whether a binding message is sent; <see langword="true"/> by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether the code alone is sent, without the text; <see langword="false"/> by default. For an OP that takes no spaces: it refuses the text, and though the
    /// request is then sent once more with the code alone, that costs each login a request.
    /// </summary>
    public bool CodeOnly
    {
        get => CodeOnlySet ?? false;
        set => CodeOnlySet = value;
    }

    /// <summary>How many characters the code has; 6 by default, 4 to 32.</summary>
    public int Length { get; set; } = 6;

    /// <summary>The characters the code is drawn from; by default the consonants of RFC 8628 §6.1, which spell no words and cannot be confused.</summary>
    public string Alphabet { get; set; } = "BCDFGHJKLMNPQRSTVWXZ";

    /// <summary>
    /// How long the code stands on the page before the request is sent, for people who want to see it first; zero by default, 3 seconds at most. With script the code is on the screen
    /// in any case before the request leaves, and without it before the button is pressed.
    /// </summary>
    public TimeSpan Delay { get; set; }

    internal bool? CodeOnlySet { get; set; }
}
