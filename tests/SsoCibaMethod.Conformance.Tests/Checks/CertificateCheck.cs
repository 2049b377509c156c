namespace SsoCibaMethod.Conformance.Tests;

/// <summary>Which address a request came to and with which certificate (RFC 8705 §2, §5; K-3, K-9, T-42, T-43).</summary>
internal sealed class CertificateCheck(OpFacts op, Findings findings)
{
    /// <summary>What comes to the token endpoint, and to whatever has an alias, comes there with the client's certificate, however the client proves itself.</summary>
    public void Check(Received request)
    {
        var at = request.Address.AbsolutePath;
        findings.Require(op.MtlsBase.IsBaseOf(request.Address), "T-43", $"{at}: the plain endpoint was called, though mtls_endpoint_aliases names another");
        findings.Require(request.Certificate?.Thumbprint == op.ClientCertificateThumbprint, "K-9", $"{at}: {(request.Certificate is null ? "no" : "another")} client certificate");
    }

    /// <summary>The certificate alone is the proof.</summary>
    public void CheckProof(Received request)
    {
        var at = request.Address.AbsolutePath;
        findings.Require(request["client_id"] == op.ClientId, "T-42", $"{at}: client_id is missing or another client's");
        findings.Require(request["client_assertion"] is null && request["client_assertion_type"] is null, "T-42", $"{at}: a client assertion beside the certificate");
        findings.Require(request["client_secret"] is null, "T-42", $"{at}: a client secret beside the certificate");
    }
}
