using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SsoCibaMethod.Client;

/// <summary>The addresses an OP wants called with a client certificate, so that nobody else is asked for one (RFC 8705 §5).</summary>
internal static class MutualTlsAliases
{
    public const string Member = "mtls_endpoint_aliases";

    /// <summary>The alias of an endpoint; <see langword="null"/> where the OP has none, and a text that is no address where it is not a text.</summary>
    public static string? Find(OpenIdConnectConfiguration document, string endpoint)
    {
        try
        {
            return document.AdditionalData.TryGetValue(Member, out var aliases) && aliases is JsonElement { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(endpoint, out var alias)
                ? alias.ValueKind == JsonValueKind.String ? alias.GetString() : ""
                : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate, in a name or a value, is JSON, but no text.
            return "";
        }
    }
}
