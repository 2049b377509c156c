using System.Text.Json.Nodes;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.PendingLogins;

/// <summary>The validated answer of an approved login, parked until the browser fetches the sign-in. Confidential.</summary>
/// <param name="Tokens">The tokens as they came.</param>
/// <param name="IdToken">The signed ID token: the one in <paramref name="Tokens"/>, or the one inside where that was encrypted.</param>
/// <param name="UserInfo">The claims of the userinfo endpoint, where it was asked.</param>
internal sealed record ApprovedAnswer(TokenSet Tokens, string IdToken, JsonObject? UserInfo = null)
{
    /// <summary>Names the kind only.</summary>
    /// <returns>The kind.</returns>
    public override string ToString() => nameof(ApprovedAnswer);
}
