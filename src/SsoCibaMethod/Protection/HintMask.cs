namespace SsoCibaMethod.Protection;

/// <summary>Shows enough of a hint for its owner to know it again, and too little for anybody else.</summary>
internal static class HintMask
{
    private const string Dots = "•••";

    public static string Mask(string hint)
    {
        var at = hint.IndexOf('@', StringComparison.Ordinal);
        if (at > 0)
        {
            return Mask(hint[..at]) + hint[at..];
        }

        return hint.Length switch
        {
            <= 2 => Dots,
            <= 6 => hint[..1] + Dots,
            _ => hint[..(hint.StartsWith('+') ? 4 : 2)] + Dots + hint[^2..],
        };
    }
}
