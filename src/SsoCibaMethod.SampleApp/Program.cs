using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using SsoCibaMethod.SampleApp;
using SsoCibaMethod.SampleApp.Pages;

var builder = WebApplication.CreateBuilder(args);

// What an administrator edits: config/ciba.json. Environment variables and the command line win over it.
builder.AddCibaConfiguration();
var hasSimulator = SimulatorSetup.IsEnabled(builder);
if (hasSimulator)
{
    SimulatorSetup.Add(builder);
}

Telemetry.Add(builder);
builder.Services.AddHealthChecks().AddCiba();
builder.Services.AddRazorComponents();
builder.Services.AddAuthorization();
builder.Services.AddSingleton<MethodMenu>();
builder.Services
    .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(options =>
    {
        // Whoever must sign in first chooses how on the home page.
        options.LoginPath = "/";
        options.ReturnUrlParameter = "returnUrl";
    })
    .AddCibaMethods(builder.Configuration.GetSection("Ciba:Methods"));

// Several nodes share the pending logins and the keys that protect them.
if (builder.Configuration.GetConnectionString("Ciba") is { Length: > 0 } database)
{
    builder.Services.PersistPendingLoginsToPostgreSql(database);
    builder.Services.AddDataProtection().SetApplicationName("SsoCibaMethod.SampleApp").PersistKeysToPostgreSql();
}

var app = builder.Build();

app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

if (hasSimulator)
{
    SimulatorSetup.Map(app);
}

app.MapHealthChecks("/health");

app.MapGet("/", async (HttpContext context, MethodMenu menu, string? returnUrl) => new RazorComponentResult<Home>(new
{
    Model = new HomeModel(await menu.MethodsAsync(returnUrl), MethodMenu.Link("/password", returnUrl), context.User.Identity?.IsAuthenticated == true, hasSimulator),
}));

// Whoever comes by an old link chooses among the ways there are now.
app.MapGet("/signin/{method}", async (string method, string? returnUrl, MethodMenu menu) => await menu.HasAsync(method)
    ? Results.Challenge(new AuthenticationProperties { RedirectUri = returnUrl ?? "/me" }, [method])
    : Results.Redirect(MethodMenu.Link("/", returnUrl)));

app.MapGet("/me", Results<JsonHttpResult<Me>, RazorComponentResult<MePage>> (HttpContext context, ClaimsPrincipal user) =>
{
    var me = new Me(user.Identity!.AuthenticationType!, [.. user.Claims.Select(claim => new MeClaim(claim.Type, claim.Value))]);
    return context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "application/json")
        ? TypedResults.Json(me)
        : new RazorComponentResult<MePage>(new { Model = me, HasSimulator = hasSimulator });
}).RequireAuthorization();

app.MapMethods("/signout", ["GET", "POST"], async (HttpContext context) =>
{
    await context.SignOutAsync();
    return Results.Redirect("/");
});

app.Run();
