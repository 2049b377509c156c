using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Hosts;

[assembly: RazorCompiledItem(typeof(MePage), "mvc.1.0.razor-page", "/Pages/Me.cshtml")]

namespace SsoCibaMethod.Tests.Hosts;

/// <summary>A kind of application: each has a page "/me" that needs a sign-in and shows the claims.</summary>
/// <param name="Services">What it registers.</param>
/// <param name="Pipeline">What it runs.</param>
internal sealed record HostKind(Action<WebApplicationBuilder> Services, Action<WebApplication> Pipeline)
{
    public static readonly IReadOnlyDictionary<string, HostKind> All = new Dictionary<string, HostKind>(StringComparer.Ordinal)
    {
        ["minimal"] = new(
            builder => builder.Services.AddAuthorization(),
            app => Protected(app).MapGet("/me", (ClaimsPrincipal user) => Claims(user)).RequireAuthorization()),
        ["MVC"] = new(
            builder => builder.Services.AddControllersWithViews().AddApplicationPart(typeof(MeController).Assembly),
            app => Protected(app).MapDefaultControllerRoute()),
        ["Razor Pages"] = new(
            builder => builder.Services.AddRazorPages().ConfigureApplicationPartManager(parts =>
                parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(MePage).Assembly))),
            app => Protected(app).MapRazorPages()),
        ["Blazor"] = new(
            builder => builder.Services.AddAuthorization().AddCascadingAuthenticationState().AddRazorComponents(),
            app =>
            {
                Protected(app).UseAntiforgery();
                app.MapRazorComponents<MeComponent>();
            }),
        ["fallback policy"] = new(
            builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()),
            app => Protected(app).MapGet("/me", (ClaimsPrincipal user) => Claims(user))),
    };

    public static string Claims(ClaimsPrincipal user) => JsonSerializer.Serialize(user.Claims.Select(claim => new[] { claim.Type, claim.Value }));

    private static WebApplication Protected(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }
}

public sealed class MeController : Controller
{
    [Authorize]
    [HttpGet("/me")]
    public IActionResult Me() => Content(HostKind.Claims(User));
}

/// <summary>What the Razor compiler makes of a page with one line.</summary>
[Authorize]
internal sealed class MePage : Page
{
    public MePage Model => this;

    public override Task ExecuteAsync()
    {
        WriteLiteral(HostKind.Claims(User));
        return Task.CompletedTask;
    }
}

[Microsoft.AspNetCore.Components.Route("/me")]
[Authorize]
public sealed class MeComponent : ComponentBase
{
    [CascadingParameter]
    public HttpContext? Context { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, HostKind.Claims(Context!.User));
}
