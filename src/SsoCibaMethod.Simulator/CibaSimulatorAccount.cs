using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator;

/// <summary>A person the simulated OP knows.</summary>
/// <param name="loginHints">What the person may be called in <c>login_hint</c>; the first one names the phone.</param>
public sealed class CibaSimulatorAccount(params IReadOnlyList<string> loginHints)
{
    /// <summary>Gets what the person may be called in <c>login_hint</c>, in any case.</summary>
    public IReadOnlyList<string> LoginHints { get; } =
        loginHints.Count > 0 ? loginHints : throw new ArgumentException("An account needs a login hint.", nameof(loginHints));

    /// <summary>Gets the <c>sub</c> claim: never the hint itself, and the same after every start.</summary>
    public string Subject { get; init; } =
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes("sub:" + loginHints[0])).AsSpan(0, 15).ToArray());

    /// <summary>Gets the <c>name</c> claim.</summary>
    public string Name { get; init; } = loginHints[0];

    /// <summary>Gets the <c>email</c> claim.</summary>
    public string? Email { get; init; }

    /// <summary>Gets what the UserInfo endpoint alone tells, beside the claims of the scope; a <c>sub</c> among them makes it tell of somebody else.</summary>
    public JsonObject UserInfo { get; init; } = [];

    /// <summary>Gets the code that must come with every request for this account.</summary>
    public string? UserCode { get; init; }

    /// <summary>Gets a value indicating whether the OP refuses to disturb this person at all.</summary>
    public bool Locked { get; init; }

    internal string Key => LoginHints[0];
}
