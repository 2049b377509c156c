using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>The OP's documents, read and judged as the host does it, and told apart by what is wrong with them.</summary>
internal sealed record MetadataReading
{
    /// <summary>Why a document could not be read; <see langword="null"/> where both were.</summary>
    public string? Unreadable { get; private init; }

    /// <summary>The discovery document; <see langword="null"/> where there is none.</summary>
    public OpenIdConnectConfiguration? Document { get; private init; }

    /// <summary>How many keys verify signatures.</summary>
    public int KeyCount { get; private init; }

    /// <summary>What is wrong with the document itself: its issuer, its addresses.</summary>
    public IReadOnlyList<string> Faults { get; private init; } = [];

    /// <summary>What it offers that does not fit the settings.</summary>
    public IReadOnlyList<string> Mismatches { get; private init; } = [];

    /// <summary>The metadata, where all is well.</summary>
    public ProviderMetadata? Usable { get; private init; }

    public static async Task<MetadataReading> ReadAsync(
        ProviderMetadataSettings settings, HttpMessageInvoker backchannel, TimeProvider time, CancellationToken cancellationToken)
    {
        var documents = new ProviderDocuments(backchannel, time);
        var discovery = settings.MetadataFile is { } file
            ? await ProviderDocuments.ReadAsync(file, cancellationToken)
            : await documents.FetchAsync(settings.MetadataAddress!, cancellationToken);
        if (discovery is not ProviderDocuments.Document.Found { Content: var content })
        {
            return new MetadataReading { Unreadable = ((ProviderDocuments.Document.Missing)discovery).Cause };
        }

        if (ProviderMetadataReader.Parse(content) is not { } document)
        {
            return new MetadataReading { Unreadable = $"{settings.MetadataFile ?? settings.MetadataAddress!.ToString()}: not a discovery document of 256 KB at most" };
        }

        return await ReadKeysAsync(settings, documents, document, cancellationToken);
    }

    /// <summary>The addresses that the method will call.</summary>
    public IEnumerable<Uri?> Endpoints(ProviderMetadataSettings settings) => Usable is { } metadata
        ? [metadata.TokenEndpoint, metadata.BackchannelAuthenticationEndpoint, settings.NeedsUserInfo ? metadata.UserInfoEndpoint : null, Keys(settings)]
        : [settings.TokenEndpoint ?? Address(Document?.TokenEndpoint), settings.BackchannelAuthenticationEndpoint ?? Address(Document?.BackchannelAuthenticationEndpoint), Keys(settings)];

    private static async Task<MetadataReading> ReadKeysAsync(
        ProviderMetadataSettings settings, ProviderDocuments documents, OpenIdConnectConfiguration document, CancellationToken cancellationToken)
    {
        ProviderDocuments.Document keySet = settings.KeysFile is { } file ? await ProviderDocuments.ReadAsync(file, cancellationToken)
            : Address(document.JwksUri) is { } address && EndpointAddress.IsAllowed(address) ? await documents.FetchAsync(address, cancellationToken)
            : new ProviderDocuments.Document.Missing("the metadata's jwks_uri is missing or not an https address");
        var missing = (keySet as ProviderDocuments.Document.Missing)?.Cause;
        var keys = keySet is ProviderDocuments.Document.Found { Content: var content } ? ProviderMetadataReader.ParseKeys(content) : null;
        var reader = new ProviderMetadataReader(settings);
        var result = reader.Check(document, keys ?? []);
        var faults = (result as ProviderMetadataResult.Mismatch)?.Faults ?? [];
        return new MetadataReading
        {
            Document = document,
            Unreadable = keys is null ? missing ?? $"{settings.KeysFile ?? document.JwksUri}: not a key set" : null,
            KeyCount = keys?.Count ?? 0,
            Faults = [.. faults.Take(reader.FaultsOfDocument)],
            Mismatches = [.. faults.Skip(reader.FaultsOfDocument)],
            Usable = (result as ProviderMetadataResult.Usable)?.Metadata,
        };
    }

    private Uri? Keys(ProviderMetadataSettings settings) => settings.KeysFile is null ? Address(Document?.JwksUri) : null;

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;
}
