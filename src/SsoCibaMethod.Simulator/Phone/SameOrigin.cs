using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Simulator.Phone;

/// <summary>
/// Whether a form was sent by a page of ours. The browser says so itself, which needs no cookie and, unlike an antiforgery token,
/// survives that somebody signs in to the host in another tab of the same browser meanwhile: just what this phone is for.
/// </summary>
internal static class SameOrigin
{
    public static bool Sent(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site == "same-origin" || site == "none";
        }

        // Without https, other than on loopback, browsers send only the Origin. What sends neither is no browser and carries nobody's rights.
        return !request.Headers.TryGetValue("Origin", out var origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var sender)
                && string.Equals(sender.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
