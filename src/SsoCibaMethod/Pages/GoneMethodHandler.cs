using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Pages;

/// <summary>
/// Answers whoever comes back to the page of a method that was in the settings before the application was started anew and is not any more: with a text, where nobody else would answer.
/// Such a request is known by the challenge in its address, or by the cookie of a login begun.
/// </summary>
internal sealed class GoneMethodHandler : IAuthenticationRequestHandler
{
    /// <summary>The scheme, which no menu shows.</summary>
    public const string Scheme = "SsoCibaMethod.Gone";

    // Where the page's own files are, whatever address it is shown at.
    private static readonly PathString Root = "/signin-ciba-closed";

    private AuthenticationScheme? _scheme;
    private HttpContext? _context;

    private HttpContext Context => _context!;

    private PathString PathBase => Context.Features.Get<IAuthenticationFeature>()?.OriginalPathBase ?? Context.Request.PathBase;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        (_scheme, _context) = (scheme, context);
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

    public Task ChallengeAsync(AuthenticationProperties? properties) => ShowAsync();

    public Task ForbidAsync(AuthenticationProperties? properties) => ShowAsync();

    public async Task<bool> HandleRequestAsync()
    {
        // Every request of the host comes by here.
        var request = Context.Request;
        if (request.Path.StartsWithSegments(Root, out var below))
        {
            if (!below.StartsWithSegments("/assets", out var asset) || !await PageAssets.TryServeAsync(Context, asset))
            {
                await ShowAsync();
            }

            return true;
        }

        if (!request.QueryString.HasValue && request.Path.Value?.StartsWith(CibaDefaults.CallbackPathPrefix, StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        var catalog = Context.RequestServices.GetRequiredService<CibaMethodCatalog>();
        if (catalog.All.Any(method => MethodRoutes.IsPageOf(method.Options, request.Path, out _)))
        {
            return false;
        }

        if (MethodInAddress() is { } scheme)
        {
            await (catalog.Find(scheme) is { } moved ? LeadOnAsync(moved) : ShowAsync());
            return true;
        }

        if (!IsOfLogin(catalog))
        {
            return false;
        }

        await ShowAsync();
        return true;
    }

    private string? MethodInAddress() => Context.Request.Query[LoginFlow.StateParameter].ToString() is { Length: > 0 } state
        ? ChallengeState.SchemeOf(state, scheme => LoginFlow.ProtectorOf(Context.RequestServices.GetRequiredService<IDataProtectionProvider>(), scheme))
        : null;

    private bool IsOfLogin(CibaMethodCatalog catalog)
    {
        var number = Context.Request.Query[LoginFlow.NumberParameter].ToString();
        var isNumber = AttemptForm.IsNumber(number);
        return (isNumber || Context.Request.Path.Value!.StartsWith(CibaDefaults.CallbackPathPrefix, StringComparison.OrdinalIgnoreCase))
            && HandleCookies.HasOfOthers(Context, catalog.All.Select(method => method.Scheme), PathBase, isNumber ? number : null);
    }

    // The method is there, and only its page is elsewhere by now.
    private Task LeadOnAsync(CibaMethod method)
    {
        PageRenderer.Protect(Context.Response);
        Context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        Context.Response.Headers.Location = PathBase.Add(method.Options.CallbackPath).ToUriComponent() + Context.Request.QueryString;
        return Task.CompletedTask;
    }

    private Task ShowAsync()
    {
        var options = new CibaOptions
        {
            Enabled = false,
            CallbackPath = Root,
            DisplayName = Context.Request.Host.Host,
            DataProtectionProvider = Context.RequestServices.GetRequiredService<IDataProtectionProvider>(),
        };
        var flow = new LoginFlow(Context, _scheme!, CibaMethod.SwitchedOff(_scheme!.Name, options, []), PathBase);

        // To the page's script it is a login that is over: it loads the page, which says the rest.
        return Context.Request.Path.Value?.EndsWith("/status", StringComparison.Ordinal) == true && HttpMethods.IsGet(Context.Request.Method)
            ? LoginStatus.AnswerAsync(flow, Context.RequestServices.GetRequiredService<TimeProvider>())
            : LoginPages.ShowClosedAsync(flow, MessageKeys.MethodUnavailable, StatusCodes.Status503ServiceUnavailable);
    }
}
