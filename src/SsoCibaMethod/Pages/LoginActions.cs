using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Registered;

namespace SsoCibaMethod.Pages;

/// <summary>What the browser may do by POST: start a login, send the user code, cancel. Each ends in a redirect to the page that shows what came of it.</summary>
internal sealed class LoginActions(LoginFlow flow, CibaEvents events, TimeProvider time, ILogger logger)
{
    // Longer than a quick OP needs, shorter than a person's patience; then the "sending" page takes over.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly LoginStarter _starter = flow.Context.RequestServices.GetRequiredService<LoginStarter>();
    private readonly StartLimits _limits = flow.Context.RequestServices.GetRequiredService<StartLimits>();

    public async Task StartAsync()
    {
        var typed = await flow.FieldAsync("login_hint");
        var form = AttemptForm.Unprotect(await flow.FieldAsync("attempt"), flow.Protector, flow.Logins.Now);
        if (form is null || !await flow.IsAntiforgeryValidAsync())
        {
            logger.FormRefused(flow.Method.Scheme);
            await ShowAgainAsync(new Notice(flow.HasFormCookie ? MessageKeys.FormExpired : MessageKeys.CookiesNeeded), typed);
            return;
        }

        if (await Registration.RefusalAsync(flow, form) is { } refusalKey)
        {
            logger.ConfirmationRefused(form.Number, flow.Method.Scheme, refusalKey);
            await LoginPages.ShowRefusalAsync(flow, refusalKey);
            return;
        }

        var given = await flow.GivenHintAsync();
        var fault = default(string);
        var hint = given is null ? HintInput.Read(typed, flow.Options.LoginHint.InputMode, out fault) : null;
        if (given is null && hint is null)
        {
            await ShowAgainAsync(new Notice(fault, About: NoticeField.Hint), typed);
            return;
        }

        var (userCode, userCodeFault) = await UserCodeField.ReadAsync(flow);
        if (userCodeFault is not null)
        {
            await ShowAgainAsync(new Notice(userCodeFault, About: NoticeField.UserCode), typed);
            return;
        }

        var asked = given ?? new CibaLoginHint.Plain(hint!);
        var source = new StartSource(flow.Context.Connection.RemoteIpAddress, KnownBrowserCookie.Read(flow));
        if (_limits.OfAddress(flow.Method, asked, ref source) is { } tooMany
            && await flow.Logins.FindAsync(AttemptForm.IdOf(form.Handle), flow.Aborted) is null)
        {
            _limits.Tell(form.Number, flow.Method.Scheme, tooMany);
            await LoginPages.ShowTooManyAsync(flow, tooMany.MessageKey, tooMany.RetryIn, typed?.Trim());
            return;
        }

        var context = new BackchannelAuthenticationContext(flow.Context, flow.Scheme, flow.Options, flow.State.Properties, asked).With(flow.State.Wishes);
        await events.BackchannelAuthentication(context);
        if (context.Refusal is { } refusal)
        {
            await ShowAgainAsync(new Notice(Key: null, refusal, About: given is null ? NoticeField.Hint : null), typed?.Trim());
            return;
        }

        await BeginAsync(form, context, hint, RequestSecrets.For(flow.Method, userCode), source);
    }

    public async Task SendUserCodeAsync()
    {
        if (await flow.FindLoginAsync() is not { State: PendingLoginState.UserCodeNeeded } login)
        {
            flow.Redirect(flow.Link(flow.Number));
            return;
        }

        if (!await flow.IsAntiforgeryValidAsync())
        {
            logger.FormRefused(flow.Method.Scheme);
            await LoginPages.ShowUserCodeAsync(flow, login, MessageKeys.FormExpired, StatusCodes.Status400BadRequest);
            return;
        }

        await AtMostAsync(flow.Method.HasClient ? flow.Method.LearnIssuerAsync(flow.Aborted).AsTask() : Task.CompletedTask);
        if (OtherClient.IsUnknown(flow, login))
        {
            // The page of the code comes back when this node knows whom the code would go to, or later.
            await LoginPages.ShowTroubleAsync(flow);
            return;
        }

        if (await OtherClient.EndAsync(flow, login))
        {
            flow.Redirect(flow.Link(flow.Number));
            return;
        }

        if (await Confirmation.RefusalAsync(flow, login) is { } refusal)
        {
            await Confirmation.EndAsync(flow, login, refusal);
            flow.Redirect(flow.Link(flow.Number));
            return;
        }

        var typed = await flow.FieldAsync("user_code");
        if (LoginInput.Read(typed, LoginInput.MaximumUserCode, MessageKeys.UserCodeMissing, MessageKeys.UserCodeUnfit, out var fault) is not { } userCode)
        {
            await LoginPages.ShowUserCodeAsync(flow, login, fault, StatusCodes.Status400BadRequest);
            return;
        }

        using var span = LoginTrace.Begin("ciba login start", login);
        var secrets = RequestSecrets.For(flow.Method, userCode);
        if (login.SendUserCode(_starter.Owner, flow.Logins.Now + LoginStarter.StartingFor(flow.Method), flow.Options.TokenDeliveryMode, secrets.NotificationTokenHash) is { } starting
            && await flow.Logins.TryReplaceAsync(starting, flow.Aborted))
        {
            await AtMostAsync(_starter.StartAsync(flow.Method, starting, secrets));
        }

        flow.Redirect(flow.Link(flow.Number));
    }

    public Task CancelAsync() => TakeBackAsync((login, now) => login.Cancel(now), "The user cancelled in the browser.");

    /// <summary>Takes the request back and leads to the form for another; nothing is sent until its button is pressed.</summary>
    public Task PrepareAgainAsync() => TakeBackAsync((login, now) => login.MakeWay(now), "The user wants to send a new request.");

    private async Task TakeBackAsync(Func<PendingLogin, DateTimeOffset, PendingLogin?> change, string cause)
    {
        // Local and at once: the OP has no part in it, and a second press finds nothing to do.
        if (await flow.FindLoginAsync() is { } login && await flow.IsAntiforgeryValidAsync()
            && await flow.Logins.ChangeAsync(login.Id, current => change(current, flow.Logins.Now), flow.Aborted) is { } ended)
        {
            flow.Context.RequestServices.GetRequiredService<LoginReports>().Ended(login, flow.Options.SecurityEvents, new LoginOutcome(PendingLoginState.Cancelled, ended.Details.MessageKey!), cause);
        }

        flow.Redirect(flow.Link(flow.Number));
    }

    private async Task BeginAsync(AttemptForm form, BackchannelAuthenticationContext context, string? typed, RequestSecrets secrets, StartSource source)
    {
        using var span = LoginTrace.Begin("ciba login start", flow.Method.Scheme, form.Number, LoginTrace.In(flow.State.Properties));
        var counts = _limits.Of(flow.Method, context.Hint, source);
        var login = NewLogin(form, context, typed, secrets, await flow.LocalUserAsync(), span) with { HintHash = counts.HintHash, AddressHash = counts.AddressHash };
        login = login with { Details = login.Details with { HintToRemember = await RememberedHint.WantedAsync(flow, typed) } };
        if (await flow.Logins.CreateAsync(login, flow.Aborted))
        {
            if (await _limits.RefusalAsync(login, counts, source) is { } oneTooMany)
            {
                await LoginPages.ShowTooManyAsync(flow, oneTooMany.MessageKey, oneTooMany.RetryIn, typed);
                return;
            }

            await SendAsync(login, secrets);
        }
        else
        {
            // The first one counts already.
            source.Passed?.TakeBack();
            if (await flow.Logins.FindAsync(login.Id, flow.Aborted) is not { } before || !IsSame(before.Details, login.Details))
            {
                // An old form, or one come back with another hint: neither the old login nor a second one under the same handle.
                await ShowAgainAsync(new Notice(MessageKeys.FormExpired), typed);
                return;
            }
        }

        // Sent twice, the second finds the first; either way the browser that has the form has the right to the login.
        flow.Cookies.Add(form.Number, form.Handle);
        flow.Redirect(flow.Link(form.Number));
    }

    // A host may give another token for the same user each time it is asked.
    private static bool IsSame(PendingLoginDetails before, PendingLoginDetails now) =>
        before.TypedHint == now.TypedHint && before.HintKind == now.HintKind && (now.HintKind is not (HintKind.Typed or HintKind.Given) || before.LoginHint == now.LoginHint);

    // What was typed comes back, unless it is absurd.
    private Task ShowAgainAsync(Notice notice, string? typed) => LoginPages.ShowHintAsync(
        flow, "SIGN_IN_TITLE", notice, typed?.Length <= LoginInput.MaximumHint && !typed.Any(char.IsControl) ? typed : null, StatusCodes.Status400BadRequest);

    private PendingLogin NewLogin(AttemptForm form, BackchannelAuthenticationContext context, string? typed, RequestSecrets secrets, LocalUser? user, Activity? span) => new()
    {
        Id = AttemptForm.IdOf(form.Handle),
        Method = flow.Method.Scheme,
        Version = 1,
        State = PendingLoginState.Starting,
        Owner = _starter.Owner,
        StartedAt = flow.Logins.Now,
        Deadline = flow.Logins.Now + LoginStarter.StartingFor(flow.Method),
        Details = new PendingLoginDetails
        {
            Reference = form.Number,
            LoginHint = context.Hint.Value,
            TypedHint = typed,
            HintKind = context.Hint switch
            {
                CibaLoginHint.LoginHintToken => HintKind.LoginHintToken,
                CibaLoginHint.IdToken => HintKind.IdToken,
                _ => typed is null ? HintKind.Given : HintKind.Typed,
            },
            ExpectedSubject = HintSubject.Of(context.Hint) ?? user?.Subject,
            LocalUser = user?.Fingerprint,
            Content = RequestContent.Of(context),
            BindingCode = form.BindingCode,
            BindingMessage = BindingMessages.Create(flow.Options.BindingMessage, flow.Texts, form.BindingCode),
            DeliveryMode = flow.Options.TokenDeliveryMode,
            NotificationTokenHash = secrets.NotificationTokenHash,
            Properties = flow.State.Serialize(span),
            ShownUntil = _starter.ShownUntil(flow.Method),
            ClientFingerprint = flow.Method.ClientFingerprint,
            CountedFor = flow.Options.StartLimits.Window,
        },
    };

    // Where the page must not tell how quick the OP is, or shows the code first, the browser goes on at once.
    private Task SendAsync(PendingLogin login, RequestSecrets secrets)
    {
        var delay = flow.Options.BindingMessage.Delay;
        if (delay == TimeSpan.Zero && login.Details.ShownUntil is null)
        {
            return AtMostAsync(_starter.StartAsync(flow.Method, login, secrets));
        }

        _ = Task.Run(() => _starter.StartAsync(flow.Method, login, secrets, delay));
        return Task.CompletedTask;
    }

    private async Task AtMostAsync(Task start)
    {
        try
        {
            await start.WaitAsync(AnswerWithin, time);
        }
        catch (TimeoutException)
        {
            // It goes on without this request.
        }
    }
}
