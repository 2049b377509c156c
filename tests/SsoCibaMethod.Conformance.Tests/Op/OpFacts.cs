namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What the OP is called, and what it knows of the client from its registration.</summary>
internal sealed class OpFacts
{
    public required string Issuer { get; init; }

    /// <summary>What the addresses of <c>mtls_endpoint_aliases</c> begin with.</summary>
    public required Uri MtlsBase { get; init; }

    public required Variant Variant { get; init; }

    public required string ClientId { get; init; }

    public required string ClientCertificateThumbprint { get; init; }

    public IReadOnlyList<string> Scope { get; init; } = ["openid", "accounts"];

    public IReadOnlyList<string> ClientSigningAlgorithms => Variant.Profile == Variant.Plain ? ["PS256", "ES256"] : ["PS256"];

    public IReadOnlyList<string> RequestSigningAlgorithms => ClientSigningAlgorithms;

    public bool IsSignedByTheOp(string? jwt) => OpKeys.HasSigned(jwt);
}
