using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Proofs;

/// <summary>The certificate a client showed when it connected; that it holds its key, TLS has seen to.</summary>
internal static class ClientCertificate
{
    public static Task<X509Certificate2?> OfAsync(HttpContext context) => context.Connection.GetClientCertificateAsync(context.RequestAborted);

    /// <summary>The thumbprint of RFC 8705 §3.1.</summary>
    public static async Task<string?> ThumbprintOfAsync(HttpContext context) =>
        await OfAsync(context) is { } certificate ? Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)) : null;
}
