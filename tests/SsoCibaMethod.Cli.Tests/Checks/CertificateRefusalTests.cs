using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SsoCibaMethod.Cli.Checks;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>What the platform found against a certificate, in words an administrator can act on: the gravest first.</summary>
public class CertificateRefusalTests
{
    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNotAvailable, X509ChainStatusFlags.NoError, "no certificate")]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, X509ChainStatusFlags.NoError, "another host name")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.NotTimeValid, "not valid now")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.Revoked | X509ChainStatusFlags.NotTimeValid, "is revoked")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.RevocationStatusUnknown, "no trusted authority")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.RevocationStatusUnknown, "whether it is revoked")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, X509ChainStatusFlags.NotValidForUsage, "NotValidForUsage")]
    public void Each_has_its_reason_and_a_cure(SslPolicyErrors errors, X509ChainStatusFlags flags, string reason)
    {
        var refusal = CertificateRefusal.Of(errors, flags);

        Assert.Contains(reason, refusal!.Reason, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void One_without_fault_is_not_refused() => Assert.Null(CertificateRefusal.Of(SslPolicyErrors.None, X509ChainStatusFlags.NoError));
}
