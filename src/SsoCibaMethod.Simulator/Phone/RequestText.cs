using System.Globalization;
using System.Text.Json;
using SsoCibaMethod.Simulator.Requests;

namespace SsoCibaMethod.Simulator.Phone;

/// <summary>What a person is asked to allow, in words.</summary>
internal static class RequestText
{
    // What payments usually hold, as a bank would put it.
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["Creditor account · Iban"] = "Account",
        ["Remittance information unstructured"] = "Message",
    };

    /// <summary>Gets the payments of a request, first thing to decide about.</summary>
    public static IReadOnlyList<PaymentText> PaymentsOf(CibaSimulatorRequest request) =>
        [.. Details(request).Where(IsPayment).Select(detail => new PaymentText(
            AuthorizationDetails.AmountOf(detail)!,
            AuthorizationDetails.Text(detail, "creditorName")!,
            [.. Members(detail, except: ["type", "instructedAmount", "creditorName"])
                .Select(fact => KeyValuePair.Create(Usual.GetValueOrDefault(fact.Key, fact.Key), fact.Value))]))];

    /// <summary>Gets what else a request asks to be allowed: a type and its members.</summary>
    public static IReadOnlyList<(string Type, IReadOnlyList<KeyValuePair<string, string>> Facts)> OthersOf(CibaSimulatorRequest request) =>
        [.. Details(request).Where(detail => !IsPayment(detail)).Select(detail =>
            (AuthorizationDetails.Text(detail, "type")!, (IReadOnlyList<KeyValuePair<string, string>>)[.. Members(detail, except: ["type"])]))];

    /// <summary>Gets what the client tells of the circumstances.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ContextOf(CibaSimulatorRequest request) =>
        request.RequestContext is { } context ? [.. Members(context, except: [])] : [];

    /// <summary>A request in a line, for the list of earlier ones.</summary>
    public static string InShort(CibaSimulatorRequest request) =>
        PaymentsOf(request) is [var payment, ..] ? $"{payment.Amount} to {payment.Payee}" : request.BindingMessage ?? "no message";

    private static JsonElement[] Details(CibaSimulatorRequest request) =>
        request.AuthorizationDetails is { } details ? [.. details.EnumerateArray()] : [];

    private static bool IsPayment(JsonElement detail) => AuthorizationDetails.Text(detail, "type") == AuthorizationDetails.Payment;

    private static IEnumerable<KeyValuePair<string, string>> Members(JsonElement element, IReadOnlyCollection<string> except) =>
        element.EnumerateObject().Where(member => !except.Contains(member.Name))
            .SelectMany(member => Named(Words(member.Name), member.Value));

    private static IEnumerable<KeyValuePair<string, string>> Named(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Named($"{name} · {Words(member.Name)}", member.Value)),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) =>
            [new(name, string.Join(", ", value.EnumerateArray().Select(item => item.GetString())))],
        JsonValueKind.String => [new(name, value.GetString()!)],
        _ => [new(name, value.GetRawText())],
    };

    /// <summary>"creditorAccount" and "creditor_account" are both "Creditor account".</summary>
    private static string Words(string name)
    {
        var spaced = string.Concat(name.Select((letter, index) =>
            letter is '_' or '-' ? " "
            : index > 0 && char.IsUpper(letter) && char.IsLower(name[index - 1]) ? $" {char.ToLower(letter, CultureInfo.InvariantCulture)}"
            : letter.ToString()));
        return spaced.Length > 0 ? char.ToUpper(spaced[0], CultureInfo.InvariantCulture) + spaced[1..] : spaced;
    }
}

/// <summary>A payment to decide about.</summary>
internal sealed record PaymentText(string Amount, string Payee, IReadOnlyList<KeyValuePair<string, string>> Facts);
