using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Registered;

namespace SsoCibaMethod.Pages;

/// <summary>What one request of the browser needs, wherever it leads: who asks, for which method, with which attempt.</summary>
internal sealed class LoginFlow
{
    /// <summary>The query parameter with the attempt's number.</summary>
    public const string NumberParameter = "a";

    /// <summary>The query parameter with the challenge's state.</summary>
    public const string StateParameter = "state";

    /// <summary>The query parameter with the language the user chose.</summary>
    public const string LanguageParameter = "lang";

    private readonly IAntiforgery _antiforgery;
    private readonly PageRenderer _renderer;
    private readonly PathString _pathBase;
    private readonly string? _stateText;
    private readonly CultureInfo? _chosenLanguage;

    private CibaLoginHint? _givenHint;
    private bool _isHintKnown;
    private LocalUser? _localUser;
    private bool _isUserKnown;

    public LoginFlow(HttpContext context, AuthenticationScheme scheme, CibaMethod method, PathString pathBase)
    {
        var services = context.RequestServices;
        var messages = services.GetRequiredService<MessageCatalog>();
        _antiforgery = services.GetRequiredService<IAntiforgery>();
        _renderer = services.GetRequiredService<PageRenderer>();
        _pathBase = pathBase;
        Context = context;
        Scheme = scheme;
        Method = method;
        Logins = services.GetRequiredService<PendingLoginService>();
        Languages = method.Options.Page.Languages.Count > 0 ? [.. method.Options.Page.Languages] : messages.Cultures;
        _chosenLanguage = RequestCulture.Chosen(context, Languages);
        Texts = messages.For(scheme.Name, _chosenLanguage ?? RequestCulture.Of(context, Languages));
        Protector = ProtectorOf(method);
        Cookies = new HandleCookies(context, scheme.Name, method.Options, pathBase, Logins.Now);
        _stateText = context.Request.Query[StateParameter].ToString();
        State = ChallengeState.Unprotect(_stateText, Protector, Logins.Now).In(ChallengeCookie.Read(context, Cookies, Protector));
        Number = context.Request.Query[NumberParameter].ToString() is var number && AttemptForm.IsNumber(number) ? number : null;
    }

    public HttpContext Context { get; }

    public AuthenticationScheme Scheme { get; }

    public CibaMethod Method { get; }

    public CibaOptions Options => Method.Options;

    /// <summary>Whether the method, as it stands now, takes another login.</summary>
    public bool TakesLogins => Context.RequestServices.GetRequiredService<CibaMethodCatalog>().Find(Scheme.Name)?.IsOpen == true;

    /// <summary>Whether the method confirms a user who is signed in already.</summary>
    public bool IsRegistered => Options.LoginHint.Source == CibaLoginHintSource.Claim;

    public PendingLoginService Logins { get; }

    public MessageSet Texts { get; }

    /// <summary>The languages the page offers.</summary>
    public IReadOnlyCollection<string> Languages { get; }

    public IDataProtector Protector { get; }

    public HandleCookies Cookies { get; }

    public ChallengeState State { get; }

    public string? Number { get; }

    /// <summary>Whether the page is shown without the host's layout.</summary>
    public bool IsPlain { get; set; }

    public string Home => _pathBase.Add("/").ToUriComponent();

    public CancellationToken Aborted => Context.RequestAborted;

    public static IDataProtector ProtectorOf(CibaMethod method) => ProtectorOf(method.Options.DataProtectionProvider!, method.Scheme);

    public static IDataProtector ProtectorOf(IDataProtectionProvider dataProtection, string scheme) => dataProtection.CreateProtector("SsoCibaMethod", "Page", scheme, "v1");

    /// <summary>Whether this browser has begun a login under the number in the address, as far as the browser knows.</summary>
    public bool IsUnderWay => Number is not null && Cookies.Find(Number) is not null;

    /// <summary>The login this browser started under the number in the address.</summary>
    public async Task<PendingLogin?> FindLoginAsync() =>
        Number is not null && Cookies.Find(Number) is { } handle
        && await Logins.FindAsync(AttemptForm.IdOf(handle), Aborted) is { } login && login.Method == Scheme.Name
            ? login
            : null;

    /// <summary>Whether the browser brought the cookie that belongs to every form. One that keeps none can send no form that counts, however often it tries.</summary>
    public bool HasFormCookie => Context.RequestServices.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name is { } name
        && Context.Request.Cookies.ContainsKey(name);

    public async Task<bool> IsAntiforgeryValidAsync()
    {
        try
        {
            return await _antiforgery.IsRequestValidAsync(Context);
        }
        catch (Exception exception) when (IsBrokenForm(exception))
        {
            return false;
        }
    }

    /// <summary>A field of the form; <see langword="null"/> where there is no form that can be read.</summary>
    public async Task<string?> FieldAsync(string name)
    {
        try
        {
            return Context.Request.HasFormContentType ? (await Context.Request.ReadFormAsync(Aborted))[name].ToString() : null;
        }
        catch (Exception exception) when (IsBrokenForm(exception))
        {
            return null;
        }
    }

    /// <summary>The hint that the challenge or the host gives, so that there is nothing to type; <see langword="null"/> where the user is asked for one.</summary>
    public async Task<CibaLoginHint?> GivenHintAsync()
    {
        if (!_isHintKnown)
        {
            // Once, also where the host's own code throws: the page that tells of it asks again.
            _isHintKnown = true;
            var user = await LocalUserAsync();
            _givenHint = State.Wishes.Token ?? (Options.LoginHint.Provider is { } provider ? await provider(Context, State.Properties) : null) ?? user?.Hint;
            if (_givenHint is null && await RememberedHint.FindAsync(this) is { } remembered)
            {
                (_givenHint, IsHintRemembered) = (remembered, true);
            }
        }

        return _givenHint;
    }

    /// <summary>Whether <see cref="GivenHintAsync"/> gave a hint that was remembered on this device.</summary>
    public bool IsHintRemembered { get; private set; }

    /// <summary>Who is signed in where a registered method looks; <see langword="null"/> where nobody is, and for every other method.</summary>
    public async Task<LocalUser?> LocalUserAsync()
    {
        if (!_isUserKnown && IsRegistered)
        {
            // Once, as the hint.
            _isUserKnown = true;
            _localUser = await LocalUser.FindAsync(Context, Options);
        }

        return _localUser;
    }

    /// <summary>What was typed, so that it comes back, unless it is absurd; else what the challenge gave.</summary>
    public async Task<string?> HintToKeepAsync() => await FieldAsync("login_hint") is { Length: > 0 and <= LoginInput.MaximumHint } typed && !typed.Any(char.IsControl)
        ? typed
        : State.LoginHint;

    /// <summary>The address of the page, for an attempt or for a new one.</summary>
    public string Link(string? number, string below = "")
    {
        var query = QueryString.Empty;
        if (!string.IsNullOrEmpty(_stateText))
        {
            query = query.Add(StateParameter, _stateText);
        }

        if (number is not null)
        {
            query = query.Add(NumberParameter, number);
        }

        if (_chosenLanguage is not null)
        {
            query = query.Add(LanguageParameter, _chosenLanguage.Name);
        }

        return _pathBase.Add(Options.CallbackPath).Add(below).ToUriComponent() + query;
    }

    /// <summary>The properties of the challenge a login answers, with somewhere to go after it.</summary>
    public AuthenticationProperties PropertiesOf(PendingLogin login)
    {
        var properties = PropertiesSerializer.Default.Deserialize(login.Details.Properties) ?? new AuthenticationProperties();
        properties.RedirectUri ??= Home;
        LoginTrace.Drop(properties);
        return properties;
    }

    /// <summary>See other: what comes next is got, never sent again (RFC 9110 §15.4.4).</summary>
    /// <returns><see langword="true"/>: the request has been answered.</returns>
    public bool Redirect(string location)
    {
        PageRenderer.Protect(Context.Response);
        Context.Response.StatusCode = StatusCodes.Status303SeeOther;
        Context.Response.Headers.Location = location;
        return true;
    }

    public Task ShowAsync(Func<PageModel, PageModel> fill, int status = StatusCodes.Status200OK)
    {
        var tokens = HttpMethods.IsHead(Context.Request.Method) ? null : _antiforgery.GetAndStoreTokens(Context);
        var page = new PageModel
        {
            Texts = Texts,
            Look = Options.Page,
            Layout = IsPlain ? null : Options.Page.Layout,
            Scheme = Scheme.Name,
            MethodName = Options.Page.Name ?? Method.DisplayName,
            InputMode = Options.LoginHint.InputMode,
            IsOnPhone = UserDevice.IsPhone(Context.Request),
            OtherWays = [.. Options.Page.OtherWays.Select(way => (way.Key, OtherWay.LinkTo(this, way.Value)))],
            Languages = LanguageChoice.Of(this, _pathBase.Add(Options.CallbackPath).ToUriComponent(), _stateText),
            Assets = new PageAssets(_pathBase.Add(Options.CallbackPath), Method.Look),
            Antiforgery = (tokens?.FormFieldName ?? "", tokens?.RequestToken ?? ""),
            View = PageView.Closed,
            TitleKey = "SIGN_IN_TITLE",
            Links = new PageLinks(Link(Number), Link(null), Link(Number, "/code"), Link(Number, "/cancel"), Link(Number, "/again"), Link(null, "/forget"), Link(Number, "/status"), Home),
        };
        return _renderer.WriteAsync(Context, fill(page), status);
    }

    // A form that is malformed, cut off or beyond the limits; the antiforgery service wraps the same.
    private static bool IsBrokenForm(Exception exception) =>
        exception is InvalidDataException or BadHttpRequestException or IOException or AntiforgeryValidationException;
}
