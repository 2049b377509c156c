using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod;

/// <summary>
/// The claims of a token that was validated, in the types every handler of the framework gives them. Read from its content alone: the library's own reader throws
/// where a claim that nobody asked for has another type than it expects, and the user who approved would stand before an error page.
/// </summary>
internal static class TicketClaims
{
    private const string Subject = "sub";

    // Whoever asks a principal for "sub" gets the first claim of that name, be it written "Sub"; mapped, "nameid" has its name too. So the real one comes first.
    public static IEnumerable<Claim> Of(JsonElement content, string issuer) =>
        content.EnumerateObject().OrderByDescending(member => member.NameEquals(Subject)).SelectMany(member => Of(member, issuer));

    private static IEnumerable<Claim> Of(JsonProperty member, string issuer)
    {
        if (member.Value.ValueKind != JsonValueKind.Array)
        {
            yield return Create(member.Name, member.Value, issuer);
            yield break;
        }

        // A list is one claim for each of its items.
        foreach (var item in member.Value.EnumerateArray())
        {
            yield return Create(member.Name, item, issuer);
        }
    }

    private static Claim Create(string name, JsonElement value, string issuer)
    {
        var (text, type) = value.ValueKind switch
        {
            JsonValueKind.String => (value.GetString()!, ClaimValueTypes.String),
            JsonValueKind.Null => ("", JsonClaimValueTypes.JsonNull),
            JsonValueKind.True => ("true", ClaimValueTypes.Boolean),
            JsonValueKind.False => ("false", ClaimValueTypes.Boolean),
            JsonValueKind.Number when name is "exp" or "iat" or "nbf" => (((long)Math.Round(value.GetDouble())).ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
            JsonValueKind.Number => Number(value),
            JsonValueKind.Array => (value.GetRawText(), JsonClaimValueTypes.JsonArray),
            _ => (value.GetRawText(), JsonClaimValueTypes.Json),
        };
        return new Claim(name, text, type, issuer, issuer);
    }

    private static (string Text, string Type) Number(JsonElement value) =>
        value.TryGetInt32(out var small) ? (small.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer32)
        : value.TryGetInt64(out var large) ? (large.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64)
        : (value.GetDouble().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Double);
}
