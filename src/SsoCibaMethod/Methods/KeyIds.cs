using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>
/// Names a key that has no id by its thumbprint, as the method's key set does, where that set holds several: each signature must then say which key it is
/// (OpenID Connect Core §10.1). The only key stays without: an OP that was given it without an id may refuse one it does not know.
/// </summary>
internal static class KeyIds
{
    public static SigningCredentials Name(CibaOptions options, SigningCredentials key)
    {
        if (string.IsNullOrEmpty(key.Key.KeyId) && PublishedKeys.FilesOf(options).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            key.Key.KeyId = ClientKeys.Thumbprint(key.Key);
        }

        return key;
    }
}
