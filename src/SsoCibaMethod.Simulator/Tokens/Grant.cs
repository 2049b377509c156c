using SsoCibaMethod.Simulator.Requests;

namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>What a user approved, and when: from it every token is written.</summary>
internal sealed record Grant(AuthenticationRequest Asked, DateTimeOffset ApprovedAt);

/// <summary>The key an access token is bound to: a member of its <c>cnf</c> claim (RFC 7800) and the thumbprint.</summary>
internal sealed record KeyBinding(string Member, string Thumbprint)
{
    public const string Certificate = "x5t#S256";
    public const string DPoP = "jkt";
}
