using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Pages;

/// <summary>
/// Answers whoever comes back to the page of a method that was in the settings before the application was started anew and is not any more: with a text, where nobody else would answer.
/// Such a request is known by the challenge in its address, or by the number there and the cookie of the login that was begun under it.
/// </summary>
internal sealed class GoneMethodHandler : IAuthenticationRequestHandler
{
    /// <summary>The scheme, which no menu shows.</summary>
    public const string Scheme = "SsoCibaMethod.Gone";

    // Where the page's own files are, whatever address it is shown at.
    private static readonly PathString Root = CibaDefaults.ClosedPath;

    // What an open page sends to, below its own address.
    private static readonly string[] Routes = ["/code", "/cancel", "/again", "/forget", "/status", OtherWay.Route];

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
        // Every request of the host comes by here, and nearly all leave it at one of these comparisons.
        var request = Context.Request;
        if (request.Path.StartsWithSegments(Root, out var below))
        {
            if (!below.StartsWithSegments("/assets", out var asset) || !await PageAssets.TryServeAsync(Context, asset))
            {
                await ShowAsync();
            }

            return true;
        }

        if (!request.QueryString.HasValue)
        {
            return false;
        }

        var (state, number) = (request.Query[LoginFlow.StateParameter].ToString(), request.Query[LoginFlow.NumberParameter].ToString());
        var method = MethodIn(state);
        if (method is null && !AttemptForm.IsNumber(number))
        {
            return false;
        }

        var catalog = Context.RequestServices.GetRequiredService<CibaMethodCatalog>();
        if (catalog.All.Any(each => MethodRoutes.IsPageOf(each.Options, request.Path, out _)))
        {
            return false;
        }

        if (method is not null)
        {
            await AnswerAsync(catalog.Find(method));
            return true;
        }

        // A cookie says less than a challenge: wherever anybody else may answer, they do.
        if (Context.GetEndpoint() is not null || HandleCookies.OwnersOf(Context, number) is not { Count: > 0 } owners)
        {
            return false;
        }

        if (!await IsAnsweredByNextAsync())
        {
            await AnswerAsync(catalog.All.FirstOrDefault(each => owners.Contains(HandleCookies.OwnerOf(each.Scheme, PathBase))));
        }

        return true;
    }

    // To the page's script it is a login that is over: it loads the page, which says the rest, or leads on.
    private bool IsStatus => HttpMethods.IsGet(Context.Request.Method) && Context.Request.Path.Value?.EndsWith("/status", StringComparison.Ordinal) == true;

    private string? MethodIn(string state) => state.Length == 0
        ? null
        : ChallengeState.SchemeOf(state, scheme => LoginFlow.ProtectorOf(Context.RequestServices.GetRequiredService<IDataProtectionProvider>(), scheme));

    // The handlers that were added later have not been asked yet, and what addresses are theirs only they know.
    private async Task<bool> IsAnsweredByNextAsync()
    {
        var handlers = Context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        var schemes = await Context.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>().GetRequestHandlerSchemesAsync();
        foreach (var next in schemes.SkipWhile(scheme => scheme.Name != Scheme).Skip(1))
        {
            if (await handlers.GetHandlerAsync(Context, next.Name) is IAuthenticationRequestHandler handler && await handler.HandleRequestAsync())
            {
                return true;
            }
        }

        return false;
    }

    // A method that is there has its page elsewhere by now. Where it was is in no settings any more, but what below it was asked for can be told.
    private Task AnswerAsync(CibaMethod? moved)
    {
        if (moved is null || IsStatus)
        {
            return ShowAsync();
        }

        var below = Array.Find(Routes, route => Context.Request.Path.Value!.EndsWith(route, StringComparison.Ordinal));
        PageRenderer.Protect(Context.Response);
        Context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        Context.Response.Headers.Location = PathBase.Add(moved.Options.CallbackPath).Add(below).ToUriComponent() + Context.Request.QueryString;
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
        return IsStatus
            ? LoginStatus.AnswerAsync(flow, Context.RequestServices.GetRequiredService<TimeProvider>())
            : LoginPages.ShowClosedAsync(flow, MessageKeys.MethodUnavailable, StatusCodes.Status503ServiceUnavailable);
    }
}
