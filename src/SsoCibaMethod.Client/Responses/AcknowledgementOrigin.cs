namespace SsoCibaMethod.Client;

/// <summary>Who acknowledged, and to whom: a ticket is shown to nobody else.</summary>
internal sealed record AcknowledgementOrigin(string Issuer, string ClientId);
