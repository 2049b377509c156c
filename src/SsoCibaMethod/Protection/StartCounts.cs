namespace SsoCibaMethod.Protection;

/// <summary>What one start is counted by in the store, and how often each may be.</summary>
/// <param name="HintHash">Who is asked, or the browser known to ask for them; 0 where that does not count.</param>
/// <param name="Hint">Its limit.</param>
/// <param name="AddressHash">The network it comes from; 0 where that does not count.</param>
/// <param name="Address">Its limit.</param>
internal sealed record StartCounts(long HintHash = 0, StartLimit? Hint = null, long AddressHash = 0, StartLimit? Address = null)
{
    /// <summary>How many starts before this one have to be known.</summary>
    public int Memory => Math.Max(Hint?.Memory ?? 0, Address?.Memory ?? 0);
}
