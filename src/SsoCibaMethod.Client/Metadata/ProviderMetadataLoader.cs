namespace SsoCibaMethod.Client;

/// <summary>Reads the metadata and the keys of an OP, over the network or from disk, and holds them against the settings. One reading at a time.</summary>
internal sealed class ProviderMetadataLoader(ProviderMetadataSettings settings, ProviderDocuments documents, TimeProvider time)
{
    private (ProviderDocuments.Document Document, long FetchedAt)? _discovered;

    public async Task<ProviderMetadataResult> ReadAsync()
    {
        var (document, fetchedAt) = await ReadDiscoveryAsync().ConfigureAwait(false);
        _discovered = null;
        if (document is ProviderDocuments.Document.Missing missing)
        {
            return new ProviderMetadataResult.Unavailable(missing.Cause);
        }

        if (ProviderMetadataReader.Parse(((ProviderDocuments.Document.Found)document).Content) is not { } metadata)
        {
            return new ProviderMetadataResult.Unavailable($"{settings.MetadataFile ?? settings.MetadataAddress!.ToString()}: not a discovery document of 256 KB at most");
        }

        var keySet = await ReadKeysAsync(metadata.JwksUri).ConfigureAwait(false);
        if (keySet is ProviderDocuments.Document.Missing noKeys)
        {
            return new ProviderMetadataResult.Unavailable(noKeys.Cause);
        }

        if (ProviderMetadataReader.ParseKeys(((ProviderDocuments.Document.Found)keySet).Content) is not { } keys)
        {
            return new ProviderMetadataResult.Unavailable($"{settings.KeysFile ?? metadata.JwksUri}: not a key set");
        }

        var result = new ProviderMetadataReader(settings).Check(metadata, keys);
        _discovered = result is ProviderMetadataResult.Usable ? (document, fetchedAt) : null;
        return result;
    }

    // Keys on disk are looked at each minute; the OP need not be asked as often for the document beside them.
    private async Task<(ProviderDocuments.Document Document, long FetchedAt)> ReadDiscoveryAsync()
    {
        if (settings.MetadataFile is { } file)
        {
            return (await ProviderDocuments.ReadAsync(file, CancellationToken.None).ConfigureAwait(false), 0);
        }

        return settings.KeysFile is not null && _discovered is { } known && time.GetElapsedTime(known.FetchedAt) < settings.RefreshInterval
            ? known
            : (await documents.FetchAsync(settings.MetadataAddress!, CancellationToken.None).ConfigureAwait(false), time.GetTimestamp());
    }

    private Task<ProviderDocuments.Document> ReadKeysAsync(string? jwksUri)
    {
        if (settings.KeysFile is { } file)
        {
            return ProviderDocuments.ReadAsync(file, CancellationToken.None);
        }

        return Uri.TryCreate(jwksUri, UriKind.Absolute, out var address) && EndpointAddress.IsAllowed(address)
            ? documents.FetchAsync(address, CancellationToken.None)
            : Task.FromResult<ProviderDocuments.Document>(new ProviderDocuments.Document.Missing("the metadata's jwks_uri is missing or not an https address"));
    }
}
