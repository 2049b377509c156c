using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Registered;

namespace SsoCibaMethod;

/// <summary>Prepares the sign-in of an approved login, once: whatever can fail is done here, before the base class signs in.</summary>
internal sealed class LoginRedemption(LoginFlow flow, CibaEvents events, string? signInScheme, ILogger logger)
{
    // Marks the ticket with the login it came from, so that a repeated request can be told from a new one.
    private const string LoginKey = ".ciba.login";

    /// <summary>One transition, and the starting browser always ends signed in: a repeated request in the next seconds gets the same sign-in again.</summary>
    public async Task<LoginRedemptionResult> RedeemAsync(PendingLogin login)
    {
        if (OtherClient.IsUndecided(flow, login))
        {
            return new LoginRedemptionResult.Undecided();
        }

        if (login.State == PendingLoginState.Approved && await OtherClient.EndAsync(flow, login))
        {
            return new LoginRedemptionResult.Overtaken();
        }

        if (await Confirmation.RefusalAsync(flow, login) is { } refusal)
        {
            await Confirmation.EndAsync(flow, login, refusal);

            // What was redeemed stays so; it is only not repeated for somebody else.
            return login.IsEnded ? new LoginRedemptionResult.Nothing(login) : new LoginRedemptionResult.Overtaken();
        }

        var isRepeated = login.State == PendingLoginState.Redeemed;
        if (login.Redeem(flow.Logins.Now) is { } redeemed)
        {
            if (!await flow.Logins.TryReplaceAsync(redeemed, flow.Aborted))
            {
                return new LoginRedemptionResult.Overtaken();
            }

            login = redeemed;
        }

        if (login.Details.Answer is not { } answer)
        {
            return new LoginRedemptionResult.Nothing(login);
        }

        var user = await flow.LocalUserAsync();
        var properties = flow.PropertiesOf(login);
        if ((await flow.Context.AuthenticateAsync(signInScheme)).Properties?.GetString(LoginKey) == login.Id)
        {
            return new LoginRedemptionResult.Repeated(properties.RedirectUri!);
        }

        if (isRepeated)
        {
            // Where the store's answer to the first request was lost, this is the only line that tells of the sign-in.
            logger.LoginRedeemedAgain(login.Reference, login.Method);
        }

        flow.Cookies.Remove(login.Reference);
        properties = user is null ? properties : ConfirmedTicket.CreateProperties(user, flow.Options, properties);
        properties.SetString(LoginKey, login.Id);
        return await PrepareAsync(login, answer, properties, user);
    }

    private async Task<LoginRedemptionResult> PrepareAsync(PendingLogin login, ApprovedAnswer answer, AuthenticationProperties properties, LocalUser? user)
    {
        if (flow.Options.SaveTokens && (user is null || ConfirmedTicket.TakesTokens(properties, flow.Scheme.Name)))
        {
            CibaTicketFactory.SaveTokens(answer, login.Details.TokensReceivedAt, properties);
        }

        var provided = CibaTicketFactory.CreatePrincipal(answer, flow.Scheme, flow.Options);
        var principal = user is null ? provided : ConfirmedTicket.CreatePrincipal(user, answer.IdToken);
        var validated = new TokenValidatedContext(flow.Context, flow.Scheme, flow.Options, principal, properties, answer.Tokens) { ProviderPrincipal = provided };
        await events.TokenValidated(validated);
        if (validated.Result is { Succeeded: false } result)
        {
            return result.Handled || result.Skipped
                ? new LoginRedemptionResult.TakenOver(result.Handled)
                : new LoginRedemptionResult.Refused(result.Failure, IsHostFault: false);
        }

        KnownBrowserCookie.Write(flow, login.Details.WhoIsAsked());
        return (validated.Result?.Principal ?? validated.Principal) is { } signedIn
            ? new LoginRedemptionResult.Ready(new AuthenticationTicket(signedIn, validated.Properties, flow.Scheme.Name))
            : new LoginRedemptionResult.Refused(new InvalidOperationException("The event TokenValidated took the principal away."), IsHostFault: true);
    }
}
