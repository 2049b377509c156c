namespace SsoCibaMethod.Testing;

/// <summary>
/// Something outside the solution that some tests need: a program, a folder of packages.
/// Where it is missing those tests are skipped on a developer's machine and fail in CI.
/// </summary>
/// <param name="name">What it is, as a person calls it.</param>
/// <param name="cure">What to do to have it.</param>
/// <param name="find">The path of it, or null; called once.</param>
public sealed class RequiredPart(string name, string cure, Func<string?> find)
{
    private readonly Lazy<string?> _path = new(find);

    /// <summary>In CI nothing may be missing.</summary>
    public static bool InCi { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public bool IsFound => _path.Value is not null;

    /// <summary>Where it is; throws with the cure where it is not.</summary>
    public string Path => _path.Value ?? throw new InvalidOperationException(Complaint);

    private string Complaint => $"Missing: {name}. Cure: {cure}.";

    /// <summary>For <c>FactAttribute.Skip</c>: the first part that is missing and its cure; null where all are found, and always in CI.</summary>
    public static string? ReasonToSkip(params ReadOnlySpan<RequiredPart> parts)
    {
        if (InCi)
        {
            return null;
        }

        foreach (var part in parts)
        {
            if (!part.IsFound)
            {
                return part.Complaint;
            }
        }

        return null;
    }
}
