using Microsoft.AspNetCore.Authentication;

namespace SsoCibaMethod;

/// <summary>What a host may do on the way of a login, each in the browser's request. The remote events of every handler work too.</summary>
public class CibaEvents : RemoteAuthenticationEvents
{
    /// <summary>Called before a challenge redirects to the login page.</summary>
    public Func<RedirectContext<CibaOptions>, Task> OnRedirectToLoginPage { get; set; } = context =>
    {
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    };

    /// <summary>Called when the user has sent a hint, before anything is sent to the OP: the place to change or refuse the hint.</summary>
    public Func<BackchannelAuthenticationContext, Task> OnBackchannelAuthentication { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when the ID token has been validated and the user is about to be signed in: the place to add claims or refuse.</summary>
    public Func<TokenValidatedContext, Task> OnTokenValidated { get; set; } = _ => Task.CompletedTask;

    /// <inheritdoc cref="OnRedirectToLoginPage"/>
    /// <param name="context">The challenge.</param>
    /// <returns>A task.</returns>
    public virtual Task RedirectToLoginPage(RedirectContext<CibaOptions> context) => OnRedirectToLoginPage(context);

    /// <inheritdoc cref="OnBackchannelAuthentication"/>
    /// <param name="context">The request to be made.</param>
    /// <returns>A task.</returns>
    public virtual Task BackchannelAuthentication(BackchannelAuthenticationContext context) => OnBackchannelAuthentication(context);

    /// <inheritdoc cref="OnTokenValidated"/>
    /// <param name="context">The user and the tokens.</param>
    /// <returns>A task.</returns>
    public virtual Task TokenValidated(TokenValidatedContext context) => OnTokenValidated(context);
}
