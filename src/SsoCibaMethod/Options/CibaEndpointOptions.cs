namespace SsoCibaMethod;

/// <summary>Addresses of the OP that replace those of its discovery document.</summary>
public sealed class CibaEndpointOptions
{
    /// <summary>The backchannel authentication endpoint.</summary>
    public string? BackchannelAuthentication { get; set; }

    /// <summary>The token endpoint.</summary>
    public string? Token { get; set; }
}
