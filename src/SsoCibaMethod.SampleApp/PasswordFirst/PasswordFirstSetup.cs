using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SsoCibaMethod.SampleApp.Pages;

namespace SsoCibaMethod.SampleApp.PasswordFirst;

/// <summary>Password first, then the phone: a user who signs in by a password at "/password" confirms by the registered method <c>StepUp</c> before "/payments" opens.</summary>
internal static class PasswordFirstSetup
{
    private const string StepUp = "StepUp";

    public static void Add(WebApplicationBuilder builder) => builder.Services.AddSingleton<Accounts>();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/password", (string? returnUrl) => Form(returnUrl, isWrong: false));
        endpoints.MapPost("/password", SignInAsync);
        endpoints.MapGet("/payments", Payments).RequireAuthorization();
    }

    // The form is checked by UseAntiforgery, as every form of a minimal API.
    private static async Task<IResult> SignInAsync(HttpContext context, Accounts accounts, [FromForm] string? name, [FromForm] string? password, string? returnUrl)
    {
        if (accounts.Find(name, password) is not { } account)
        {
            return Form(returnUrl, isWrong: true);
        }

        await context.SignInAsync(account.ToPrincipal());
        return Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(returnUrl) ? returnUrl : "/me");
    }

    // Only for somebody who approved on a phone (RFC 8176 §2, "mca"); everybody else is asked to, and comes back here.
    private static async Task<IResult> Payments(ClaimsPrincipal user, MethodMenu menu) => user.HasClaim("amr", "mca")
        ? new RazorComponentResult<PaymentsPage>(new { Name = user.FindFirstValue("name") })
        : await menu.HasAsync(StepUp) ? Results.Challenge(new AuthenticationProperties { RedirectUri = "/payments" }, [StepUp]) : Results.StatusCode(StatusCodes.Status403Forbidden);

    private static RazorComponentResult<PasswordPage> Form(string? returnUrl, bool isWrong) => new(new { ReturnUrl = returnUrl, IsWrong = isWrong })
    {
        StatusCode = isWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
    };
}
