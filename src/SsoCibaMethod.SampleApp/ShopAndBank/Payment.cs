using System.Text.Json;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.SampleApp.ShopAndBank;

/// <summary>So much money to somebody: what the shop asks for, the customer approves and the bank carries out.</summary>
/// <param name="Amount">The amount, with a point before the cents.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="CreditorName">Who gets it.</param>
internal sealed record Payment(string Amount, string Currency, string CreditorName)
{
    private const string Type = "payment_initiation";

    /// <summary>The payment as something to be authorized (RFC 9396 §2).</summary>
    public JsonObject ToAuthorizationDetail() => new()
    {
        ["type"] = Type,
        ["instructedAmount"] = new JsonObject { ["amount"] = Amount, ["currency"] = Currency },
        ["creditorName"] = CreditorName,
    };

    /// <summary>The payments an access token allows.</summary>
    public static IEnumerable<Payment> Of(JsonElement authorizationDetails) => authorizationDetails.EnumerateArray()
        .Where(detail => detail.GetProperty("type").GetString() == Type)
        .Select(detail => new Payment(
            detail.GetProperty("instructedAmount").GetProperty("amount").GetString()!,
            detail.GetProperty("instructedAmount").GetProperty("currency").GetString()!,
            detail.GetProperty("creditorName").GetString()!));
}
