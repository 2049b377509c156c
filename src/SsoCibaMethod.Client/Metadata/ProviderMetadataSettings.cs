namespace SsoCibaMethod.Client;

/// <summary>Where an OP's metadata comes from, and what it is held against.</summary>
public sealed class ProviderMetadataSettings
{
    /// <summary>The issuer identifier expected; the metadata must name the same (a final slash apart). <see langword="null"/> trusts the document.</summary>
    public string? ExpectedIssuer { get; init; }

    /// <summary>The address of the discovery document. Give this or <see cref="MetadataFile"/>.</summary>
    public Uri? MetadataAddress { get; init; }

    /// <summary>A discovery document on disk.</summary>
    public string? MetadataFile { get; init; }

    /// <summary>The OP's key set on disk; by default it is fetched from the document's <c>jwks_uri</c>.</summary>
    public string? KeysFile { get; init; }

    /// <summary>Replaces the document's backchannel authentication endpoint.</summary>
    public Uri? BackchannelAuthenticationEndpoint { get; init; }

    /// <summary>Replaces the document's token endpoint.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>Whether the OP must offer a userinfo endpoint, because <see cref="CibaClient.GetUserInfoAsync"/> will be called; not by default.</summary>
    public bool NeedsUserInfo { get; init; }

    /// <summary>The settings of the client that will use the OP.</summary>
    public required CibaClientSettings Client { get; init; }

    /// <summary>How long metadata is used before it is read again; 12 hours by default. A file that was replaced is read again within seconds.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromHours(12);
}
