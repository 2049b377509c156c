using System.Security.Cryptography;
using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod;

/// <summary>What must hold of the way to the OP.</summary>
internal static class TransportRules
{
    public static IEnumerable<string> Faults(CibaOptions options)
    {
        if (options.BackchannelHttpHandler is not null)
        {
            foreach (var (setting, isSet) in new[]
            {
                ("ClientAuthentication:Certificate", options.ClientAuthentication.Certificate is not null),
                ("BackchannelTrust", options.BackchannelTrust is not null),
                ("BackchannelRevocation", options.BackchannelRevocation is not null),
            })
            {
                if (isSet)
                {
                    yield return $"{setting} has no effect on a BackchannelHttpHandler that the application sets; leave one of the two.";
                }
            }

            yield break;
        }

        _ = ClientCertificateFactory.TryCreate(options, TimeProvider.System, out var certificate);
        foreach (var fault in new[] { certificate, Trust(options) }.OfType<string>())
        {
            yield return fault;
        }

        if (options.ClientAuthentication is { Certificate: null, CertificateKey: not null })
        {
            yield return "ClientAuthentication:CertificateKey is set without ClientAuthentication:Certificate; give the certificate's file too.";
        }
    }

    private static string? Trust(CibaOptions options)
    {
        try
        {
            using var handler = options.BackchannelTrust is null ? null : BackchannelTransport.CreateHandler(new() { TrustFile = options.BackchannelTrust });
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"BackchannelTrust: {options.BackchannelTrust}: {exception.Message}";
        }
    }
}
