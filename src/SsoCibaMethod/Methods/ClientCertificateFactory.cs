using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>Opens the client certificate the settings name, or says what is wrong with it.</summary>
internal static class ClientCertificateFactory
{
    public static ClientCertificateFile? TryCreate(CibaOptions options, TimeProvider time, out string? fault, ILogger? logger = null, string scheme = "")
    {
        fault = null;
        var settings = options.ClientAuthentication;
        if (settings.Certificate is not { } path)
        {
            return null;
        }

        logger ??= NullLogger.Instance;
        try
        {
            return new ClientCertificateFile(path, settings.CertificatePassword, settings.CertificateKey, time)
            {
                OnRenewed = certificate => logger.CertificateRenewed(scheme, certificate.NotAfter.ToUniversalTime()),
                OnFault = told => logger.MethodFault($"Method {scheme}: ClientAuthentication:Certificate: {told}"),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            fault = $"ClientAuthentication:Certificate: {path}: {exception.Message}";
            return null;
        }
    }
}
