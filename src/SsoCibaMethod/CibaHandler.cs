using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod;

/// <summary>Signs people in by CIBA. All its addresses lie at and below <see cref="RemoteAuthenticationOptions.CallbackPath"/>.</summary>
/// <param name="options">The methods' settings.</param>
/// <param name="logger">Makes loggers.</param>
/// <param name="encoder">Encodes addresses.</param>
public class CibaHandler(IOptionsMonitor<CibaOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : RemoteAuthenticationHandler<CibaOptions>(options, logger, encoder)
{
    // Marks the ticket with the login it came from, so that a repeated request can be told from a new one.
    private const string LoginKey = ".ciba.login";

    private AuthenticationTicket? _ticket;

    /// <summary>What a host may do on the way of a login.</summary>
    protected new CibaEvents Events
    {
        get => (CibaEvents)base.Events;
        set => base.Events = value;
    }

    /// <inheritdoc/>
    public override Task<bool> ShouldHandleRequestAsync() => Task.FromResult(Request.Path.StartsWithSegments(Options.CallbackPath));

    /// <inheritdoc/>
    public override async Task<bool> HandleRequestAsync()
    {
        // Every request of the host comes by here: nothing but this comparison is done for those that are not ours.
        if (!Options.CallbackPath.HasValue || !Request.Path.StartsWithSegments(Options.CallbackPath, out var below))
        {
            return false;
        }

        if (below.StartsWithSegments("/assets", out var asset) && (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)))
        {
            return await PageAssets.TryServeAsync(Context, asset) || NotFound();
        }

        var catalog = Context.RequestServices.GetRequiredService<CibaMethodCatalog>();
        if (catalog.Find(Scheme.Name) is not { } method)
        {
            return NotFound();
        }

        var flow = new LoginFlow(Context, Scheme, method, OriginalPathBase);
        try
        {
            return await IsClosedAsync(flow, below)
                ? await ShowAsync(LoginPages.ShowClosedAsync(flow, MessageKeys.MethodUnavailable, StatusCodes.Status503ServiceUnavailable))
                : await RouteAsync(flow, below);
        }
        catch (OperationCanceledException) when (Context.RequestAborted.IsCancellationRequested)
        {
            // The browser has left; nobody reads an answer.
            return true;
        }
        catch (Exception exception) when (!Response.HasStarted)
        {
            var reference = flow.Number ?? AttemptForm.Draw(Options.BindingMessage).Number;
            Log.PageSurprise(Scheme.Name, reference, exception);
            Response.Clear();
            return await FailAsync(flow, MessageKeys.LoginFailed, reference, exception, StatusCodes.Status500InternalServerError);
        }
    }

    /// <inheritdoc/>
    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new CibaEvents());

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (string.IsNullOrEmpty(properties.RedirectUri))
        {
            properties.RedirectUri = OriginalPathBase.Add(OriginalPath).ToUriComponent() + Request.QueryString;
        }

        properties.RedirectUri = ChallengeState.Local(properties.RedirectUri, Request.Scheme, Request.Host.Value ?? "") ?? OriginalPathBase.Add("/").ToUriComponent();
        var catalog = Context.RequestServices.GetRequiredService<CibaMethodCatalog>();
        if (Request.PathBase != OriginalPathBase && catalog.TellOnce())
        {
            Log.PathBaseTooLate(Request.PathBase.Value ?? "");
        }

        var method = catalog.Find(Scheme.Name)
            ?? throw new InvalidOperationException($"The scheme {Scheme.Name} is no method; add it by AddCibaAuthentication or AddCibaMethods.");
        var state = ChallengeState.Protect(properties, LoginFlow.ProtectorOf(method), TimeProvider.GetUtcNow());
        var address = QueryHelpers.AddQueryString(OriginalPathBase.Add(Options.CallbackPath).ToUriComponent(), LoginFlow.StateParameter, state);
        await Events.RedirectToLoginPage(new RedirectContext<CibaOptions>(Context, Scheme, Options, properties, address));
    }

    /// <summary>Hands the prepared ticket to the base class, which raises the ticket event and signs in. Whatever can fail has been done before.</summary>
    /// <returns>The ticket.</returns>
    protected override Task<HandleRequestResult> HandleRemoteAuthenticateAsync() =>
        Task.FromResult(_ticket is null ? HandleRequestResult.NoResult() : HandleRequestResult.Success(_ticket));

    private ILogger Log => Context.RequestServices.GetRequiredService<ILogger<CibaHandler>>();

    // A method that is switched off sends nothing more to its OP; a login under way comes to its end.
    private async Task<bool> IsClosedAsync(LoginFlow flow, PathString below) =>
        !flow.Method.IsOpen && ((HttpMethods.IsPost(Request.Method) && below != "/cancel") || await flow.FindLoginAsync() is null);

    private async Task<bool> RouteAsync(LoginFlow flow, PathString below)
    {
        var isGet = HttpMethods.IsGet(Request.Method);
        var isPost = HttpMethods.IsPost(Request.Method);
        switch (below.Value?.TrimEnd('/'))
        {
            case null or "" when isGet || HttpMethods.IsHead(Request.Method):
                return await PageAsync(flow);
            case null or "" when isPost:
                return await ShowAsync(new LoginActions(flow, Events, TimeProvider, Log).StartAsync());
            case "/code" when isPost:
                return await ShowAsync(new LoginActions(flow, Events, TimeProvider, Log).SendUserCodeAsync());
            case "/cancel" when isPost:
                return await ShowAsync(new LoginActions(flow, Events, TimeProvider, Log).CancelAsync());
            case "/code" or "/cancel" when isGet:
                // Somebody reloads, or comes back by the address bar.
                flow.Redirect(flow.Link(flow.Number));
                return true;
            case "/status" when isGet:
                return await ShowAsync(LoginStatus.AnswerAsync(flow, TimeProvider));
            case null or "" or "/code" or "/cancel" or "/status":
                Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                Response.Headers.Allow = below.Value?.TrimEnd('/') switch
                {
                    "/status" => "GET",
                    "/code" or "/cancel" => "GET, POST",
                    _ => "GET, HEAD, POST",
                };
                return true;
            default:
                return NotFound();
        }
    }

    private async Task<bool> PageAsync(LoginFlow flow)
    {
        if (await flow.FindLoginAsync() is not { } login)
        {
            // A page bookmarked, reopened or come back to: a fresh one, and never an error. A cookie for nothing goes.
            if (flow.Number is not null && flow.Cookies.Find(flow.Number) is not null && !HttpMethods.IsHead(Request.Method))
            {
                flow.Cookies.Remove(flow.Number);
            }

            return await ShowAsync(LoginPages.ShowHintAsync(flow, "SIGN_IN_TITLE", flow.Number is null ? null : new Notice(MessageKeys.LoginUnknown), flow.State.LoginHint));
        }

        if (HttpMethods.IsHead(Request.Method))
        {
            return await ShowAsync(LoginPages.ShowAsync(flow, login));
        }

        return login.State switch
        {
            PendingLoginState.Approved or PendingLoginState.Redeemed => await RedeemAsync(flow, login),
            PendingLoginState.Declined or PendingLoginState.Cancelled => await DeniedAsync(flow, login),
            PendingLoginState.Failed when login.Details.MessageKey != MessageKeys.UserNotFound => await FailedAsync(flow, login),
            _ => await ShowAsync(LoginPages.ShowAsync(flow, login)),
        };
    }

    // One transition, and the starting browser always ends signed in: a repeated request in the next seconds gets the same sign-in again.
    private async Task<bool> RedeemAsync(LoginFlow flow, PendingLogin login)
    {
        if (login.Redeem(flow.Logins.Now) is { } redeemed)
        {
            if (!await flow.Logins.TryReplaceAsync(redeemed, flow.Aborted))
            {
                return await PageAsync(flow);
            }

            Log.LoginRedeemed(login.Reference, login.Method);
            login = redeemed;
        }

        if (login.Details.Tokens is not { } tokens)
        {
            return await ShowAsync(LoginPages.ShowAsync(flow, login));
        }

        var properties = PropertiesSerializer.Default.Deserialize(login.Details.Properties) ?? new AuthenticationProperties();
        properties.RedirectUri ??= flow.Home;
        if ((await Context.AuthenticateAsync(SignInScheme)).Properties?.GetString(LoginKey) == login.Id)
        {
            flow.Redirect(properties.RedirectUri);
            return true;
        }

        flow.Cookies.Remove(login.Reference);
        properties.SetString(LoginKey, login.Id);
        if (Options.SaveTokens)
        {
            CibaTicketFactory.SaveTokens(tokens, login.Details.TokensReceivedAt, properties);
        }

        var validated = new TokenValidatedContext(Context, Scheme, Options, CibaTicketFactory.CreatePrincipal(tokens, Scheme, Options), properties, tokens);
        await Events.TokenValidated(validated);
        if (validated.Result is { Succeeded: false } result)
        {
            return result.Handled || (result.Skipped ? false : await RefuseAsync(flow, login, result.Failure));
        }

        if ((validated.Result?.Principal ?? validated.Principal) is not { } principal)
        {
            return await RefuseAsync(
                flow, login, new InvalidOperationException("The event TokenValidated took the principal away."), StatusCodes.Status500InternalServerError);
        }

        _ticket = new AuthenticationTicket(principal, validated.Properties, Scheme.Name);
        PageRenderer.Protect(Response);
        base.Events = new TicketGuard(Events, failure => RefuseAsync(flow, login, failure));
        return await base.HandleRequestAsync();
    }

    private Task<bool> RefuseAsync(LoginFlow flow, PendingLogin login, Exception? failure, int status = StatusCodes.Status200OK)
    {
        Log.SignInRefused(login.Reference, login.Method, failure?.Message ?? "No reason was given.");
        return FailAsync(flow, MessageKeys.LoginRefused, login.Reference, failure, status);
    }

    private async Task<bool> DeniedAsync(LoginFlow flow, PendingLogin login)
    {
        var properties = PropertiesSerializer.Default.Deserialize(login.Details.Properties) ?? new AuthenticationProperties();
        properties.RedirectUri ??= flow.Home;
        var result = await HandleAccessDeniedErrorAsync(properties);
        return result.Handled || (result.Skipped ? false : await ShowAsync(LoginPages.ShowAsync(flow, login)));
    }

    private async Task<bool> FailedAsync(LoginFlow flow, PendingLogin login)
    {
        var failure = new CibaLoginException(login.Details.MessageKey!, login.Reference);
        return await RemoteFailureAsync(failure) ?? await ShowAsync(LoginPages.ShowAsync(flow, login));
    }

    private async Task<bool> FailAsync(LoginFlow flow, string messageKey, string reference, Exception? failure, int status) =>
        await RemoteFailureAsync(new CibaLoginException(messageKey, reference, failure))
        ?? await ShowAsync(LoginPages.ShowHintAsync(
            flow,
            "FAILED_TITLE",
            new Notice(messageKey, Reference: reference),
            await flow.HintToKeepAsync(),
            status));

    private async Task<bool?> RemoteFailureAsync(CibaLoginException failure)
    {
        var context = new RemoteFailureContext(Context, Scheme, Options, failure);
        try
        {
            await Events.RemoteFailure(context);
        }
        catch (Exception exception) when (!Response.HasStarted)
        {
            // What the host does about a failure may fail itself; the user still gets our page.
            Log.PageSurprise(Scheme.Name, failure.Reference, exception);
            return null;
        }

        return context.Result switch
        {
            { Handled: true } => true,
            { Skipped: true } => false,
            _ => null,
        };
    }

    private static async Task<bool> ShowAsync(Task page)
    {
        await page;
        return true;
    }

    private bool NotFound()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return true;
    }
}
