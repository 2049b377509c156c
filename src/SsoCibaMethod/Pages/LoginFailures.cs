using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>What a failed sign-in ends with: whatever the host's event does about it, else our page. Never an exception page.</summary>
internal sealed class LoginFailures(LoginFlow flow, CibaEvents events, ILogger logger)
{
    /// <summary>A login that failed before.</summary>
    /// <returns>Whether the request has been answered.</returns>
    public async Task<bool> ShowAsync(PendingLogin login)
    {
        if (await TellHostAsync(new CibaLoginException(login.Details.MessageKey!, login.Reference)) is { } handled)
        {
            return handled;
        }

        await LoginPages.ShowAsync(flow, login);
        return true;
    }

    /// <summary>The host does not let an approved user in.</summary>
    /// <returns>Whether the request has been answered.</returns>
    public Task<bool> RefuseAsync(PendingLogin login, Exception? failure, int status = StatusCodes.Status200OK)
    {
        logger.SignInRefused(login.Reference, login.Method, failure?.Message ?? "No reason was given.");
        flow.Context.RequestServices.GetRequiredService<LoginReports>().Refused(login);
        return FailAsync(MessageKeys.LoginRefused, login.Reference, failure, status);
    }

    /// <summary>A surprise.</summary>
    /// <returns>Whether the request has been answered.</returns>
    public Task<bool> SurpriseAsync(Exception exception)
    {
        var reference = flow.Number ?? AttemptForm.Draw(flow.Options.BindingMessage).Number;
        logger.PageSurprise(flow.Scheme.Name, reference, exception);
        flow.Context.Response.Clear();

        // The host's layout may be what threw, and would throw again.
        flow.IsPlain = true;
        return FailAsync(MessageKeys.LoginFailed, reference, exception, StatusCodes.Status500InternalServerError);
    }

    /// <summary>
    /// The browser has left, and nobody reads an answer; or the host gave the request up while the browser still waits. Then half a sign-in must not go out: the cookie it takes away is
    /// the right to come back.
    /// </summary>
    /// <returns>That the request has been answered.</returns>
    public static bool Abandon(HttpResponse response)
    {
        if (!response.HasStarted)
        {
            response.Clear();
            response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }

        return true;
    }

    /// <summary>The store does not say how a login stands: it goes on, and so does the page that waits for it.</summary>
    /// <returns>Whether the request has been answered.</returns>
    public async Task<bool> WaitForStoreAsync(StoreException exception, bool isStatus)
    {
        logger.LoginWaitsForStore(flow.Number!, flow.Scheme.Name, exception);
        flow.Context.Response.Clear();
        if (isStatus)
        {
            // The script asks again after a pause of its own.
            PageRenderer.Protect(flow.Context.Response);
            flow.Context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else
        {
            await LoginPages.ShowTroubleAsync(flow);
        }

        return true;
    }

    private async Task<bool> FailAsync(string messageKey, string reference, Exception? failure, int status)
    {
        if (await TellHostAsync(new CibaLoginException(messageKey, reference, failure)) is { } handled)
        {
            return handled;
        }

        await LoginPages.ShowHintAsync(flow, "FAILED_TITLE", new Notice(messageKey, Reference: reference), await flow.HintToKeepAsync(), status);
        return true;
    }

    private async Task<bool?> TellHostAsync(CibaLoginException failure)
    {
        var context = new RemoteFailureContext(flow.Context, flow.Scheme, flow.Options, failure);
        try
        {
            await events.RemoteFailure(context);
        }
        catch (Exception exception) when (!flow.Context.Response.HasStarted)
        {
            // What the host does about a failure may fail itself; the user still gets our page.
            logger.PageSurprise(flow.Scheme.Name, failure.Reference, exception);
            return null;
        }

        return context.Result switch
        {
            { Handled: true } => true,
            { Skipped: true } => false,
            _ => null,
        };
    }
}
