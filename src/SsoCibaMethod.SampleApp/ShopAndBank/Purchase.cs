using System.Text.Json.Serialization;

namespace SsoCibaMethod.SampleApp.ShopAndBank;

/// <summary>Something a customer wants to buy, and how far it has come.</summary>
internal sealed class Purchase(string customer, Payment payment, string code)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Customer { get; } = customer;

    public Payment Payment { get; } = payment;

    /// <summary>Gets what the customer compares with the phone.</summary>
    public string Code { get; } = code;

    public PurchaseState State { get; private set; }

    /// <summary>Gets what ends with the purchase.</summary>
    [JsonIgnore]
    public Task Ended => _end.Task;

    public void End(PurchaseState state)
    {
        State = state;
        _end.TrySetResult();
    }
}

/// <summary>Where a purchase stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PurchaseState>))]
internal enum PurchaseState
{
    AskingCustomer,
    Paid,
    Declined,
    Expired,
    Failed,
}
