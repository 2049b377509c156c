using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod;

/// <summary>The context of <see cref="CibaEvents.OnBackchannelAuthentication"/>.</summary>
/// <param name="context">The browser's request.</param>
/// <param name="scheme">The method's scheme.</param>
/// <param name="options">The method's settings.</param>
/// <param name="properties">The properties of the challenge.</param>
/// <param name="loginHint">The hint as typed, without surrounding space.</param>
public sealed class BackchannelAuthenticationContext(
    HttpContext context, AuthenticationScheme scheme, CibaOptions options, AuthenticationProperties properties, string loginHint)
    : PropertiesContext<CibaOptions>(context, scheme, options, properties)
{
    /// <summary>The hint the OP will get; a host may change its form, for example into <c>tel:+358…</c>.</summary>
    public string LoginHint { get; set; } = loginHint;

    /// <summary>A text for the user; if set, nothing is sent to the OP and the hint page shows it.</summary>
    public string? Refusal { get; set; }
}
