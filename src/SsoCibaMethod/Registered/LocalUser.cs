using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Registered;

/// <summary>Who is signed in where a registered method looks: whom it asks, and the only one it may confirm. Confidential: <see cref="ToString"/> shows none of it.</summary>
internal sealed class LocalUser
{
    private LocalUser(AuthenticationTicket ticket, ClaimsPrincipal principal, CibaOptions options)
    {
        Ticket = ticket;
        Principal = principal;
        Subject = Text(principal, options.LoginHint.SubjectClaim);
        Hint = LoginInput.Read(Text(principal, options.LoginHint.Claim), LoginInput.MaximumHint, "", "", out _) is { } hint ? new CibaLoginHint.Plain(hint) : null;
        CanBeMatched = Subject is not null || options.LoginHint.SubjectMatcher is not null;
        var who = Text(principal, ClaimTypes.NameIdentifier) ?? Text(principal, "sub") ?? principal.Identity?.Name;
        Fingerprint = Subject is null && string.IsNullOrEmpty(who) ? null : SecretHash.Of($"{Subject}\n{who}");
    }

    /// <summary>The sign-in as its scheme keeps it: what a confirmation is added to.</summary>
    public AuthenticationTicket Ticket { get; }

    /// <summary>The same user as the application sees them, after its claims transformation.</summary>
    public ClaimsPrincipal Principal { get; }

    /// <summary>The <c>sub</c> the OP must know this user by; <see langword="null"/> where no claim says it.</summary>
    public string? Subject { get; }

    /// <summary>The claim that is the hint; <see langword="null"/> where there is none that could be one.</summary>
    public CibaLoginHint? Hint { get; }

    /// <summary>What tells this user from every other one, and nobody else who it is; <see langword="null"/> where no claim does. It travels under protection only.</summary>
    public string? Fingerprint { get; }

    /// <summary>Whether it can be told if the OP's user is this one.</summary>
    public bool CanBeMatched { get; }

    /// <summary>The scheme a registered method looks at.</summary>
    public static string SchemeOf(CibaOptions options) => options.LoginHint.Scheme ?? options.SignInScheme!;

    /// <returns>The user; <see langword="null"/> where nobody is signed in.</returns>
    public static async Task<LocalUser?> FindAsync(HttpContext context, CibaOptions options)
    {
        // What the application's claims transformation adds is made anew at each request and must not be kept: so the ticket is taken before it runs.
        var scheme = SchemeOf(options);
        var handler = await context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(context, scheme);
        var ticket = handler is null ? null : (await handler.AuthenticateAsync()).Ticket?.Clone();
        var seen = await context.AuthenticateAsync(scheme);
        return IsSomebody(ticket?.Principal) && IsSomebody(seen.Principal) ? new LocalUser(ticket!, seen.Principal!, options) : null;
    }

    /// <summary>Names the kind only.</summary>
    /// <returns>The kind.</returns>
    public override string ToString() => nameof(LocalUser);

    private static bool IsSomebody(ClaimsPrincipal? principal) => principal?.Identities.Any(identity => identity.IsAuthenticated) == true;

    private static string? Text(ClaimsPrincipal principal, string? claim) => claim is not null && principal.FindFirst(claim)?.Value is { Length: > 0 } value ? value : null;
}
