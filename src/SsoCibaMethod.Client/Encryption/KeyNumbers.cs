using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>The private numbers of a key, for the platform's own algorithms.</summary>
internal static class KeyNumbers
{
    public static RSAParameters Of(RsaSecurityKey key) => key.Rsa is { } rsa ? rsa.ExportParameters(includePrivateParameters: true) : key.Parameters;

    public static ECParameters Of(ECDsaSecurityKey key) => key.ECDsa.ExportParameters(includePrivateParameters: true);
}
