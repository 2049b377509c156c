using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.PendingLogins;

/// <summary>
/// Which OP and which client a login began with, in four bytes of its record: a node whose settings name others must not go on with it. It guards against settings that differ,
/// not against an attacker; what is confidential in a record is protected.
/// </summary>
internal static class ClientFingerprint
{
    // As many bits as fit into four bytes of the packing.
    private const uint Most = (1 << 28) - 1;

    /// <summary>The fingerprint; never 0, which is none.</summary>
    public static int Of(string issuer, string clientId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer.TrimEnd('/')}\n{clientId}"));
        return (int)Math.Max(1, BinaryPrimitives.ReadUInt32LittleEndian(hash) & Most);
    }
}
