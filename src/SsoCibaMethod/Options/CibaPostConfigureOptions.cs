using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod;

/// <summary>Derives what follows from other settings.</summary>
internal sealed class CibaPostConfigureOptions(
    IDataProtectionProvider dataProtection, IOptions<AuthenticationOptions> authentication, TimeProvider time, IHostEnvironment? environment = null) : IPostConfigureOptions<CibaOptions>
{
    public void PostConfigure(string? name, CibaOptions options)
    {
        options.DataProtectionProvider ??= dataProtection;

        // The framework does these two for schemes it is told of at the start; the first method may come later.
        options.TimeProvider ??= time;
        options.SignInScheme ??= authentication.Value.DefaultSignInScheme ?? authentication.Value.DefaultScheme;
        options.DisplayName ??= name;
        if (!options.CallbackPath.HasValue)
        {
            options.CallbackPath = CibaDefaults.CallbackPath(name!);
        }

        options.ClientMetadata = Full(options.ClientMetadata);
        options.ClientSecretFile = Full(options.ClientSecretFile);
        options.ProviderMetadata = Full(options.ProviderMetadata);
        options.ProviderJwks = Full(options.ProviderJwks);
        options.ClientAuthentication.Key = Full(options.ClientAuthentication.Key);
        options.ClientAuthentication.Certificate = Full(options.ClientAuthentication.Certificate);
        options.ClientAuthentication.CertificateKey = Full(options.ClientAuthentication.CertificateKey);
        options.RequestSigning.Key = Full(options.RequestSigning.Key);
        options.DPoP.Key = Full(options.DPoP.Key);
        options.Page.Logo = Full(options.Page.Logo);
        options.BackchannelTrust = Full(options.BackchannelTrust);
        options.IdTokenDecryption.Key = Full(options.IdTokenDecryption.Key);
        foreach (var keys in new[] { options.ClientAuthentication.FurtherKeys, options.IdTokenDecryption.FurtherKeys })
        {
            foreach (var (id, file) in keys.ToList())
            {
                keys[id] = Full(file)!;
            }
        }

        options.FilesSeen = Stamps(Files(options));
        options.FilesOfUsers = Stamps(FilesOfUsers(options));
        ClientMetadataDocument.Fill(options);
        ProviderProfiles.Fill(options);
        WellKnownParameters.Take(options);
        if (options.IdTokenSigningAlgorithms.Count == 0)
        {
            options.IdTokenSigningAlgorithms = ["RS256"];
        }
    }

    private static Dictionary<string, FileStamp> Stamps(IEnumerable<string> paths) =>
        paths.Distinct(StringComparer.Ordinal).ToDictionary(path => path, FileStamp.Of, StringComparer.Ordinal);

    // The OP's documents, its roots and the client certificate are looked at by those who use them; in a method with faults nobody does.
    private static IEnumerable<string> FilesOfUsers(CibaOptions options) => new[]
    {
        options.ProviderMetadata,
        options.ProviderJwks,
        options.BackchannelTrust,
        options.ClientAuthentication.Certificate,
        options.ClientAuthentication.CertificateKey,
    }.OfType<string>();

    private static IEnumerable<string> Files(CibaOptions options) => new[]
    {
        options.ClientMetadata,
        options.ClientSecretFile,
        options.ClientAuthentication.Key,
        options.RequestSigning.Key,
        options.DPoP.Key,
        options.IdTokenDecryption.Key,
        options.Page.Logo,
    }.OfType<string>().Concat(options.ClientAuthentication.FurtherKeys.Values).Concat(options.IdTokenDecryption.FurtherKeys.Values);

    // In ciba.json a path counts from that file; in code and in appsettings.json from the content root.
    private string? Full(string? path) => path is null || environment is null ? path : Path.GetFullPath(path, environment.ContentRootPath);
}
