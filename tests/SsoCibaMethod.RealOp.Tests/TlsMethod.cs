namespace SsoCibaMethod.RealOp.Tests;

/// <summary>One client of the OP over TLS.</summary>
/// <param name="Name">Its name at the OP, and of its scheme.</param>
/// <param name="Register">What the OP knows of it, once the address of its callback path is known.</param>
/// <param name="Configure">What the administrator sets.</param>
internal sealed record TlsMethod(string Name, Func<string, RealOpClient> Register, Action<CibaOptions> Configure)
{
    public string User => $"user-of-{Name}";

    /// <summary>The certificate the OP must see with every request; null where it must see none.</summary>
    public string? Certificate { get; init; }

    public bool IsPing { get; init; }

    /// <summary>Where a method's own addresses begin.</summary>
    public string CallbackAt(CibaHost host) => $"{host.Address}/signin-{Name.ToLowerInvariant()}";
}
