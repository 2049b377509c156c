using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod;

/// <summary>
/// The login hint: who is asked (CIBA Core §7.1). An unregistered method lets the user type it; a registered one looks it up for a user who is signed in
/// already, and confirms that user.
/// </summary>
public sealed class CibaLoginHintOptions
{
    /// <summary>Where the hint comes from; <see cref="CibaLoginHintSource.Typed"/> by default.</summary>
    public CibaLoginHintSource Source { get; set; }

    /// <summary>
    /// The scheme that knows the user, for <see cref="CibaLoginHintSource.Claim"/>; the <see cref="RemoteAuthenticationOptions.SignInScheme"/> by default.
    /// </summary>
    public string? Scheme { get; set; }

    /// <summary>The claim of that user that is the hint, for <see cref="CibaLoginHintSource.Claim"/>. Give this or <see cref="Provider"/>.</summary>
    public string? Claim { get; set; }

    /// <summary>
    /// The claim of that user that must equal the <c>sub</c> of the OP's ID token, for <see cref="CibaLoginHintSource.Claim"/>: without it, the approval of one
    /// person would confirm another. Give this, or <see cref="SubjectMatcher"/>, or both: the matcher is asked about users who have no such claim.
    /// </summary>
    public string? SubjectClaim { get; set; }

    /// <summary>
    /// Says whether the OP's user, by the claims of the ID token, is the local user, for <see cref="CibaLoginHintSource.Claim"/> where no claim says it.
    /// It gets the local user and the OP's, is called in the browser's request that signs in, and again where that is repeated. An exception from it confirms nobody.
    /// </summary>
    public Func<HttpContext, ClaimsPrincipal, ClaimsPrincipal, Task<bool>>? SubjectMatcher { get; set; }

    /// <summary>
    /// Gives the hint in the place of the user, for example from what the host knows of who is signed in already; <see langword="null"/> from it asks the user, or, for
    /// <see cref="CibaLoginHintSource.Claim"/>, takes the claim. It is called for the page and again when the button is pressed: the page has one button then, and nothing
    /// starts by itself. A hint token of the challenge comes first. <see cref="HttpContext.User"/> is nobody there; authenticate the scheme that knows the user.
    /// </summary>
    public Func<HttpContext, AuthenticationProperties, Task<CibaLoginHint?>>? Provider { get; set; }

    /// <summary>How the hint is written to the OP; as it is by default.</summary>
    public CibaLoginHintFormat Format
    {
        get => FormatSet ?? CibaLoginHintFormat.Plain;
        set => FormatSet = value;
    }

    /// <summary>What a typed hint is, which decides the keyboard, the label and the check of the form; <see cref="CibaLoginHintInputMode.Text"/> by default.</summary>
    public CibaLoginHintInputMode InputMode { get; set; }

    /// <summary>
    /// Whether the page offers to remember the hint on the user's device, in a protected cookie, for 90 days; <see langword="false"/> by default. The user has to
    /// tick a box for it, sees the hint masked, and can have it forgotten.
    /// </summary>
    public bool Remember { get; set; }

    /// <summary>The form of the hint where one was set.</summary>
    internal CibaLoginHintFormat? FormatSet { get; set; }
}
