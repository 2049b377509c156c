using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace SsoCibaMethod.Protection;

/// <summary>
/// The key hints are hashed with, made from the newest key of the host's data protection: the nodes that can read each other's logins count together, and who has
/// the store alone cannot try phone numbers against it. A new key, every three months, begins to count anew.
/// </summary>
internal sealed class HintHashKey(IKeyManager keys, TimeProvider time)
{
    private const int Length = 32;

    // Another node may have made a newer key.
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly byte[] _own = RandomNumberGenerator.GetBytes(Length);
    private byte[]? _key;
    private long _readAt;

    public byte[] Current
    {
        get
        {
            lock (_gate)
            {
                if (_key is null)
                {
                    _readAt = time.GetTimestamp();
                    return _key = TryRead() ?? _own;
                }

                if (time.GetElapsedTime(_readAt) < KeptFor)
                {
                    return _key;
                }

                _readAt = time.GetTimestamp();
            }

            // Reading takes as long as the place where keys are kept: whoever comes meanwhile counts with the key there is.
            var key = TryRead();
            lock (_gate)
            {
                return _key = key ?? _key;
            }
        }
    }

    // Where the keys are kept may be out of reach for a while; data protection itself goes on with those it has.
    private byte[]? TryRead()
    {
        try
        {
            return Read();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    // Without a key that can be read, the host protects by other means, and each node counts for itself.
    private byte[] Read() => keys.GetAllKeys().Where(key => !key.IsRevoked).OrderByDescending(key => key.CreationDate).ThenBy(key => key.KeyId)
        .Select(Derive).FirstOrDefault(key => key is not null) ?? _own;

    private static byte[]? Derive(IKey key)
    {
        try
        {
            var secret = key.Descriptor.ExportToXml().SerializedDescriptorElement.ToString(SaveOptions.DisableFormatting);
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), Length, info: "SsoCibaMethod hint hash v1"u8.ToArray());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Encrypted to somebody else; data protection itself passes such a key by.
            return null;
        }
    }
}
