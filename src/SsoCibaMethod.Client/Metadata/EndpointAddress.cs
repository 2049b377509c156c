namespace SsoCibaMethod.Client;

/// <summary>The one rule for addresses of an OP: https, or http to this very machine (CIBA Core §7, §10; loopback for development).</summary>
public static class EndpointAddress
{
    /// <summary>Whether the address may be called.</summary>
    /// <param name="address">An absolute address.</param>
    /// <returns><see langword="true"/> for https, and for http to a loopback host; with no user information and no fragment.</returns>
    public static bool IsAllowed(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsAbsoluteUri
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address.UserInfo.Length == 0
            && address.Fragment.Length == 0;
    }
}
