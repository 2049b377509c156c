using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.SampleApp.ShopAndBank;

/// <summary>
/// An API that sells something: it asks the customer's consent for the payment by CIBA, on the customer's phone, and with the token
/// of that consent has the bank pay.
/// </summary>
internal sealed partial class Shop(
    [FromKeyedServices(Shop.Name)] CibaClient ciba,
    DPoPKey key,
    IHttpClientFactory http,
    IConfiguration settings,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<Shop> log)
{
    public const string Name = "shop";
    public const string Path = "/shop/purchases";

    // No vowels, so that no code is a word.
    private const string CodeLetters = "BCDFGHJKLMNPQRSTVWXZ";
    private const int CodeLength = 5;

    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(25);

    private readonly ConcurrentDictionary<string, Purchase> _purchases = new(StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Path, (Wish wish, Shop shop) => shop.Buy(wish)).AllowAnonymous();
        endpoints.MapGet($"{Path}/{{id}}", (string id, Shop shop, CancellationToken cancellationToken) => shop.LookAsync(id, cancellationToken)).AllowAnonymous();
    }

    private Accepted<Purchase> Buy(Wish wish)
    {
        var purchase = new Purchase(
            wish.Customer, new Payment(wish.Amount, "EUR", "The Shop"), RandomNumberGenerator.GetString(CodeLetters, CodeLength));
        _purchases[purchase.Id] = purchase;

        // The customer may take minutes; whoever bought shows the code meanwhile and looks at the purchase again.
        _ = SettleAsync(purchase, host.ApplicationStopping);
        return TypedResults.Accepted($"{Path}/{purchase.Id}", purchase);
    }

    /// <summary>Answers when the purchase has ended, or after a while: whoever looks need not look often.</summary>
    private async Task<Results<Ok<Purchase>, NotFound>> LookAsync(string id, CancellationToken cancellationToken)
    {
        if (!_purchases.TryGetValue(id, out var purchase))
        {
            return TypedResults.NotFound();
        }

        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        await Task.WhenAny(purchase.Ended, Task.Delay(LongestLook, time, looking.Token));
        await looking.CancelAsync();
        return TypedResults.Ok(purchase);
    }

    private async Task SettleAsync(Purchase purchase, CancellationToken stopping)
    {
        try
        {
            var result = await ciba.AuthenticateAsync(
                new BackchannelAuthenticationRequest
                {
                    LoginHint = purchase.Customer,
                    BindingMessage = purchase.Code,
                    AuthorizationDetails = [purchase.Payment.ToAuthorizationDetail()],
                    Resources = [BankAddress.AbsoluteUri],
                },
                cancellationToken: stopping);
            purchase.End(result switch
            {
                CibaAuthenticationResult.Approved approved => await PayAsync(purchase.Payment, approved.Tokens, stopping),
                CibaAuthenticationResult.Declined => PurchaseState.Declined,
                CibaAuthenticationResult.Expired => PurchaseState.Expired,
                _ => PurchaseState.Failed,
            });
        }
        catch (Exception exception)
        {
            PurchaseBroke(log, exception);
            purchase.End(PurchaseState.Failed);
        }
    }

    private async Task<PurchaseState> PayAsync(Payment payment, TokenSet tokens, CancellationToken cancellationToken)
    {
        using var bank = http.CreateClient(nameof(Bank));
        using var request = new HttpRequestMessage(HttpMethod.Post, BankAddress) { Content = JsonContent.Create(payment) };
        request.Headers.Authorization = new AuthenticationHeaderValue(tokens.TokenType, tokens.AccessToken);
        request.Headers.Add("DPoP", key.CreateProof(request.Method, BankAddress, tokens.AccessToken));
        using var answer = await bank.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode ? PurchaseState.Paid : PurchaseState.Failed;
    }

    private Uri BankAddress => new($"{settings["ShopAndBank:Address"]}{Bank.Path}");

    [LoggerMessage(1, LogLevel.Error, "A purchase broke.")]
    private static partial void PurchaseBroke(ILogger logger, Exception exception);
}

/// <summary>What a customer wants to pay.</summary>
/// <param name="Customer">The customer's login hint at the bank.</param>
/// <param name="Amount">The amount in euros, say <c>25.00</c>.</param>
internal sealed record Wish(string Customer, string Amount);
