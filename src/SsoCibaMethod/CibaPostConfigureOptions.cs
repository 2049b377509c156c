using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod;

/// <summary>Derives what follows from other settings.</summary>
internal sealed class CibaPostConfigureOptions(IDataProtectionProvider dataProtection) : IPostConfigureOptions<CibaOptions>
{
    public void PostConfigure(string? name, CibaOptions options)
    {
        options.DataProtectionProvider ??= dataProtection;
        options.DisplayName ??= name;
        if (!options.CallbackPath.HasValue)
        {
            options.CallbackPath = CibaDefaults.CallbackPath(name!);
        }

        ClientMetadataDocument.Fill(options);
        if (options.IdTokenSigningAlgorithms.Count == 0)
        {
            options.IdTokenSigningAlgorithms = ["RS256"];
        }
    }
}
