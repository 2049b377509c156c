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
using SsoCibaMethod.Notifications;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Registered;

namespace SsoCibaMethod;

/// <summary>Signs people in by CIBA. All its addresses lie at and below <see cref="RemoteAuthenticationOptions.CallbackPath"/>.</summary>
/// <param name="options">The methods' settings.</param>
/// <param name="logger">Makes loggers.</param>
/// <param name="encoder">Encodes addresses.</param>
public class CibaHandler(IOptionsMonitor<CibaOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : RemoteAuthenticationHandler<CibaOptions>(options, logger, encoder)
{
    private AuthenticationTicket? _ticket;

    /// <summary>What a host may do on the way of a login.</summary>
    protected new CibaEvents Events
    {
        get => (CibaEvents)base.Events;
        set => base.Events = value;
    }

    /// <inheritdoc/>
    public override Task<bool> ShouldHandleRequestAsync() => Task.FromResult(MethodRoutes.IsPageOf(Options, Request.Path, out _));

    /// <inheritdoc/>
    public override async Task<bool> HandleRequestAsync()
    {
        // Every request of the host comes by here: nothing but this comparison is done for those that are not ours.
        if (!MethodRoutes.IsPageOf(Options, Request.Path, out var below))
        {
            return false;
        }

        var routes = new MethodRoutes(Context, Scheme, OriginalPathBase);
        if (routes.Method is not { } method || await routes.IsAnothersAsync())
        {
            return false;
        }

        if (below.StartsWithSegments("/assets", out var asset) && (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)))
        {
            return await PageAssets.TryServeAsync(Context, asset) || await method.Look.TryServeAsync(Context, asset) || NotFound();
        }

        switch (below.Value?.TrimEnd('/'))
        {
            case "/notification":
                return await ShowAsync(new NotificationEndpoint(Context, method, Log).AnswerAsync());
            case "/jwks":
                return await ShowAsync(JwksEndpoint.AnswerAsync(Context, method));
        }

        var flow = new LoginFlow(Context, Scheme, method, OriginalPathBase);
        using var scope = flow.Number is { } number ? CibaLog.LoginScope(Log, number) : null;
        try
        {
            flow = await routes.AsItBeganAsync(flow);
            return await routes.TryLeadOnAsync(flow, below) || (await MethodRoutes.IsClosedAsync(flow, below)
                ? await ShowAsync(LoginPages.ShowClosedAsync(flow, MessageKeys.MethodUnavailable, StatusCodes.Status503ServiceUnavailable))
                : await RouteAsync(flow, below));
        }
        catch (OperationCanceledException) when (Context.RequestAborted.IsCancellationRequested)
        {
            return LoginFailures.Abandon(Response);
        }
        catch (StoreException exception) when (!Response.HasStarted && flow.IsUnderWay)
        {
            return await FailuresOf(flow).WaitForStoreAsync(exception, isStatus: below == "/status");
        }
        catch (Exception exception) when (!Response.HasStarted)
        {
            return await FailuresOf(flow).SurpriseAsync(exception);
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
        var user = method.IsOpen && method.Options.LoginHint.Source == CibaLoginHintSource.Claim ? await LocalUser.FindAsync(Context, method.Options) : null;
        var (wishes, protector, now) = (ChallengeWishes.Of(properties), LoginFlow.ProtectorOf(method), TimeProvider.GetUtcNow());
        using var span = LoginTrace.BeginChallenge(Scheme.Name, properties);
        var browser = wishes.HasHint ? ChallengeCookie.Give(Context, new HandleCookies(Context, Scheme.Name, method.Options, OriginalPathBase, now), protector) : null;
        var state = ChallengeState.Protect(properties, wishes, user?.Fingerprint, browser, Scheme.Name, protector, now);
        var address = QueryHelpers.AddQueryString(OriginalPathBase.Add(Options.CallbackPath).ToUriComponent(), LoginFlow.StateParameter, state);
        await Events.RedirectToLoginPage(new RedirectContext<CibaOptions>(Context, Scheme, Options, properties, address));
    }

    /// <summary>Hands the prepared ticket to the base class, which raises the ticket event and signs in. Whatever can fail has been done before.</summary>
    /// <returns>The ticket.</returns>
    protected override Task<HandleRequestResult> HandleRemoteAuthenticateAsync() =>
        Task.FromResult(_ticket is null ? HandleRequestResult.NoResult() : HandleRequestResult.Success(_ticket));

    private LoginReports Reports => Context.RequestServices.GetRequiredService<LoginReports>();

    private ILogger Log => Context.RequestServices.GetRequiredService<ILogger<CibaHandler>>();

    private async Task<bool> RouteAsync(LoginFlow flow, PathString below)
    {
        var (isGet, isPost) = (HttpMethods.IsGet(Request.Method), HttpMethods.IsPost(Request.Method));
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
            case "/again" when isPost:
                return await ShowAsync(new LoginActions(flow, Events, TimeProvider, Log).PrepareAgainAsync());
            case "/forget" when isPost:
                return await ShowAsync(RememberedHint.ForgetAsync(flow));
            case OtherWay.Route when isGet:
                return await OtherWay.TryGoAsync(flow) || NotFound();
            case "/code" or "/cancel" or "/again" or "/forget" when isGet:
                // Somebody reloads, or comes back by the address bar.
                return flow.Redirect(flow.Link(flow.Number));
            case "/status" when isGet:
                return await ShowAsync(LoginStatus.AnswerAsync(flow, TimeProvider));
            case null or "" or "/code" or "/cancel" or "/again" or "/forget" or "/status" or OtherWay.Route:
                Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                Response.Headers.Allow = below.Value?.TrimEnd('/') switch
                {
                    "/status" or OtherWay.Route => "GET",
                    "/code" or "/cancel" or "/again" or "/forget" => "GET, POST",
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

            return await ShowAsync(LoginPages.ShowHintAsync(
                flow, flow.Number is null ? "SIGN_IN_TITLE" : "UNKNOWN_TITLE", flow.Number is null ? null : new Notice(MessageKeys.LoginUnknown), flow.State.LoginHint));
        }

        if (HttpMethods.IsHead(Request.Method))
        {
            return await ShowAsync(LoginPages.ShowAsync(flow, login));
        }

        using var span = login.State is PendingLoginState.Approved or PendingLoginState.Redeemed ? LoginTrace.Begin("ciba login sign-in", login) : null;
        return login.State switch
        {
            PendingLoginState.Approved or PendingLoginState.Redeemed => await RedeemAsync(flow, login),
            PendingLoginState.Cancelled when login.Details.MessageKey == MessageKeys.LoginAgain => await ShowAsync(LoginPages.ShowAsync(flow, login)),
            PendingLoginState.Declined or PendingLoginState.Cancelled => await DeniedAsync(flow, login),
            PendingLoginState.Failed when login.Details is { RetryAt: null, MessageKey: not (MessageKeys.UserNotFound or MessageKeys.TooManyCodes) } => await FailuresOf(flow).ShowAsync(login),
            _ => await ShowAsync(LoginPages.ShowAsync(flow, login)),
        };
    }

    private async Task<bool> RedeemAsync(LoginFlow flow, PendingLogin login) => await new LoginRedemption(flow, Events, SignInScheme, Log).RedeemAsync(login) switch
    {
        LoginRedemptionResult.Ready { Ticket: var ticket } => await SignInAsync(flow, login, ticket),
        LoginRedemptionResult.Repeated { ReturnUrl: var returnUrl } => flow.Redirect(returnUrl),
        LoginRedemptionResult.Overtaken => await PageAsync(flow),
        LoginRedemptionResult.Undecided => await ShowAsync(LoginPages.ShowTroubleAsync(flow)),
        LoginRedemptionResult.Nothing { Login: var seen } => await ShowAsync(LoginPages.ShowAsync(flow, seen)),
        LoginRedemptionResult.TakenOver { IsHandled: var isHandled } => Leave(login, isHandled),
        LoginRedemptionResult.Refused refused => await FailuresOf(flow).RefuseAsync(
            login, refused.Failure, refused.IsHostFault ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<bool> SignInAsync(LoginFlow flow, PendingLogin login, AuthenticationTicket ticket)
    {
        _ticket = ticket;
        PageRenderer.Protect(Response);
        RememberedHint.Write(flow, login);
        var failures = FailuresOf(flow);
        var guard = new TicketGuard(Events, failure => failures.RefuseAsync(login, failure), () => Reports.LeftToHost(login));
        base.Events = guard;
        var isHandled = await base.HandleRequestAsync();
        if (guard.IsPassed)
        {
            Reports.SignedIn(login);
        }

        return isHandled;
    }

    private async Task<bool> DeniedAsync(LoginFlow flow, PendingLogin login)
    {
        var result = await HandleAccessDeniedErrorAsync(flow.PropertiesOf(login));
        return result.Handled || (result.Skipped ? false : await ShowAsync(LoginPages.ShowAsync(flow, login)));
    }

    private bool Leave(PendingLogin login, bool isHandled)
    {
        Reports.LeftToHost(login);
        return isHandled;
    }

    private LoginFailures FailuresOf(LoginFlow flow) => new(flow, Events, Log);

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
