using System.Text.Json.Nodes;
using SsoCibaMethod.Client;

namespace SsoCibaMethod;

/// <summary>What an <see cref="IIdTokenCheck"/> judges. Confidential.</summary>
/// <param name="scheme">The method's scheme.</param>
/// <param name="claims">The claims of the ID token.</param>
/// <param name="tokens">The OP's answer.</param>
public sealed class IdTokenCheckContext(string scheme, JsonObject claims, TokenSet tokens)
{
    /// <summary>The method's scheme: a check for one OP lets the tokens of others pass.</summary>
    public string Scheme { get; } = scheme;

    /// <summary>All claims of the ID token, with their types and nesting. Signature, issuer, audience, times and hashes are verified.</summary>
    public JsonObject Claims { get; } = claims;

    /// <summary>The OP's answer, with the ID token as it came.</summary>
    public TokenSet Tokens { get; } = tokens;

    /// <summary>Names the scheme only.</summary>
    /// <returns>The scheme.</returns>
    public override string ToString() => Scheme;
}
