namespace SsoCibaMethod.Simulator;

/// <summary>A second address of the same OP that asks for client certificates (RFC 8705 §5), so that browsers at the first one are not asked for theirs.</summary>
/// <param name="Address">Scheme, host and port of the OP, say <c>https://localhost:5443</c>; the issuer stays there.</param>
/// <param name="MtlsAddress">Scheme, host and port where certificates are asked for; paths are the same.</param>
public sealed record CibaSimulatorMtlsAlias(Uri Address, Uri MtlsAddress);
