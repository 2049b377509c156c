using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SsoCibaMethod.SampleApp.ShopAndBank;

/// <summary>An API that moves money: for the bearer of an access token made for it, by exactly the payment its customer approved, and once.</summary>
internal sealed class Bank(BankGate gate)
{
    public const string Path = "/bank/payments";

    private readonly ConcurrentDictionary<string, Payment> _done = new(StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Path, (HttpContext context, Payment payment, Bank bank) => bank.PayAsync(context, payment)).AllowAnonymous();

    private async Task<Results<Created<Payment>, UnauthorizedHttpResult, ProblemHttpResult>> PayAsync(HttpContext context, Payment payment)
    {
        if (await gate.AdmitAsync(context) is not { } token)
        {
            return TypedResults.Unauthorized();
        }

        if (!token.TryGetPayloadValue<JsonElement>("authorization_details", out var details) || !Payment.Of(details).Contains(payment))
        {
            return TypedResults.Problem("The customer did not approve this payment.", statusCode: StatusCodes.Status403Forbidden);
        }

        // What was approved once is paid once, however often it is sent.
        return _done.TryAdd(token.Id, payment)
            ? TypedResults.Created((string?)null, payment)
            : TypedResults.Problem("This payment was made before.", statusCode: StatusCodes.Status409Conflict);
    }
}
