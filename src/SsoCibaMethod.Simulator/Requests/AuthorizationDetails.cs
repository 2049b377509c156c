using System.Text.Json;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>What exactly shall be allowed (RFC 9396 §2). A type the OP does not know, or a payment nobody could decide about, is refused (§5).</summary>
internal static class AuthorizationDetails
{
    public const string Payment = "payment_initiation";

    public static ProtocolError? Check(JsonElement? details, IReadOnlyList<string> types)
    {
        if (details is not { } array)
        {
            return Invalid("The authorization_details are not a JSON array.");
        }

        foreach (var detail in array.EnumerateArray())
        {
            if (detail.ValueKind is not JsonValueKind.Object || Text(detail, "type") is not { } type)
            {
                return Invalid("An entry of the authorization_details has no type.");
            }

            if (!types.Contains(type))
            {
                return Invalid("The authorization_details have a type that is not supported.");
            }

            if (type == Payment && (AmountOf(detail) is null || Text(detail, "creditorName") is null))
            {
                return Invalid("A payment must name instructedAmount with amount and currency, and creditorName.");
            }
        }

        return array.GetArrayLength() > 0 ? null : Invalid("The authorization_details are empty.");
    }

    /// <summary>The amount of a payment as a person writes it, with its currency.</summary>
    public static string? AmountOf(JsonElement detail) =>
        detail.TryGetProperty("instructedAmount", out var amount) && amount.ValueKind is JsonValueKind.Object
            && Text(amount, "amount") is { } number && Text(amount, "currency") is { } currency
            ? $"{number} {currency}"
            : null;

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static ProtocolError Invalid(string description) => new("invalid_authorization_details", description);
}
