using System.Runtime.InteropServices;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>What the code made of one answer, and what the other opinion says of that.</summary>
/// <param name="IsAccepted">Whether the answer had the effect that the spoiled one must not have: a sign-in, where it can lead to one.</param>
/// <param name="Complaint">What is wrong with that; <see langword="null"/> where nothing is.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FuzzVerdict(bool IsAccepted, string? Complaint = null)
{
    /// <summary>Accepted exactly where it is good.</summary>
    public static FuzzVerdict Of(bool isAccepted, bool isGood) =>
        new(isAccepted, isAccepted == isGood ? null : isAccepted ? "accepted, though spoiled" : "refused, though good");
}
