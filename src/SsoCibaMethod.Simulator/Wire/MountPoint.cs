using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace SsoCibaMethod.Simulator.Wire;

/// <summary>Where the simulator is mounted, as the caller sees it: whatever path base, group and path the host chose.</summary>
internal static class MountPoint
{
    /// <summary>The path of the OP, seen from one of its endpoints.</summary>
    public static PathString PathOf(HttpRequest request, string endpoint)
    {
        var path = request.Path.Value!.TrimEnd('/');
        return request.PathBase + new PathString(path[..^endpoint.Length]);
    }

    /// <summary>The issuer identifier: no trailing slash, and the same for every endpoint of one mount point.</summary>
    public static string IssuerOf(HttpRequest request, string endpoint, CibaSimulatorOptions options)
    {
        if (options.Issuer is { } issuer)
        {
            return issuer;
        }

        // Whoever comes by the alias speaks to the same OP (RFC 8705 §5).
        var path = PathOf(request, endpoint);
        var own = options.MtlsAlias is { } alias && IsAt(request, alias.MtlsAddress)
            ? UriHelper.BuildAbsolute(alias.Address.Scheme, new HostString(alias.Address.Authority), path)
            : UriHelper.BuildAbsolute(request.Scheme, request.Host, path);
        return own.TrimEnd('/');
    }

    private static bool IsAt(HttpRequest request, Uri address) =>
        request.Scheme == address.Scheme && string.Equals(request.Host.Value, address.Authority, StringComparison.OrdinalIgnoreCase);
}
