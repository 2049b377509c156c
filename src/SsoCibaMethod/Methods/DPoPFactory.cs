using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Makes the key that access tokens are bound to, where the settings want that.</summary>
internal static class DPoPFactory
{
    public static DPoPKey? TryCreate(CibaOptions options, TimeProvider time, out string? fault)
    {
        fault = null;
        if (!options.DPoP.Enabled)
        {
            return null;
        }

        if (options.TokenDeliveryMode == TokenDeliveryMode.Push)
        {
            fault = "DPoP cannot bind tokens that are pushed; set TokenDeliveryMode to poll or ping, or switch DPoP off.";
            return null;
        }

        if (options.DPoP.Key is not { } path)
        {
            return DPoPKey.Create(time);
        }

        return SigningKeyFile.TryLoad("DPoP:Key", path, options.DPoP.Algorithm, keyId: null, options.DPoP.KeyPassword, out fault) is { } key ? new DPoPKey(key, time) : null;
    }
}
