namespace SsoCibaMethod.Client.Tests;

/// <summary>Documents on disk, as Ubisecure's upload has them (U-41, U-42): no discovery, no fetch.</summary>
[Trait("Spec", "U-42")]
public sealed class MetadataFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ciba-metadata-").FullName;
    private readonly FakeOp _op = new();
    private readonly SsoCibaMethod.Testing.ManualTimeProvider _time = new(TestToken.Now);

    private static CibaClientSettings Client => new() { ClientId = TestToken.ClientId, Authentication = new ClientSecretPost(TestKeys.Secret) };

    private string MetadataFile => Path.Combine(_folder, "metadata.json");

    private string KeysFile => Path.Combine(_folder, "jwks.json");

    [Fact]
    public async Task They_are_read_without_any_request()
    {
        Write(_op.Metadata.ToJsonString(), TestKeys.OfTheOp());

        var metadata = Assert.IsType<ProviderMetadataResult.Usable>(await Source().GetAsync()).Metadata;

        Assert.Equal(4, metadata.SigningKeys.Count);
        Assert.Empty(_op.Seen);
    }

    [Fact]
    public async Task A_change_is_seen_within_a_minute_and_a_broken_one_does_no_harm()
    {
        Write(_op.Metadata.ToJsonString(), TestKeys.OfTheOp());
        var source = Source();
        var first = await source.GetAsync();

        Write("{broken", TestKeys.OfTheOp());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(first, await source.GetAsync());

        Write(_op.Metadata.ToJsonString(), TestKeys.Set(TestKeys.Jwk(TestKeys.OtherRsa, "new")));
        await Stage.Until(async () =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return await source.GetAsync() is ProviderMetadataResult.Usable { Metadata.SigningKeys: [{ KeyId: "new" }] };
        });
    }

    [Fact]
    [Trait("Spec", "S-54")]
    public async Task A_key_withdrawn_in_the_file_is_gone_within_a_minute_though_the_rest_was_discovered()
    {
        Write(null, TestKeys.OfTheOp());
        var source = new ProviderMetadataSource(
            new ProviderMetadataSettings { Client = Client, MetadataAddress = new Uri($"{FakeOp.Issuer}/.well-known/openid-configuration"), KeysFile = KeysFile },
            new HttpMessageInvoker(_op, disposeHandler: false),
            _time);
        Assert.IsType<ProviderMetadataResult.Usable>(await source.GetAsync());

        Write(null, TestKeys.Set(TestKeys.Jwk(TestKeys.OtherRsa, "new")));
        _time.Advance(TimeSpan.FromMinutes(1));

        await Stage.Until(async () => await source.GetAsync() is ProviderMetadataResult.Usable { Metadata.SigningKeys: [{ KeyId: "new" }] });
        Assert.Equal((1, 0), (_op.DiscoveryFetches, _op.KeyFetches));

        _time.Advance(TimeSpan.FromHours(12));
        await Stage.Until(async () => await source.GetAsync() is ProviderMetadataResult.Usable && _op.DiscoveryFetches == 2);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_missing_file_is_named(bool metadata, bool keys)
    {
        Write(metadata ? _op.Metadata.ToJsonString() : null, keys ? TestKeys.OfTheOp() : null);

        var cause = Assert.IsType<ProviderMetadataResult.Unavailable>(await Source().GetAsync()).Cause;

        Assert.Contains(metadata ? "jwks.json" : "metadata.json", cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "[", "jwks.json")]
    [InlineData("[]", "{}", "metadata.json")]
    [InlineData("", "{}", "metadata.json")]
    [InlineData("""{"issuer":7}""", "{}", "metadata.json")]
    public async Task A_file_that_is_no_such_document_is_named(string metadata, string keys, string named)
    {
        Write(metadata, keys);

        var cause = Assert.IsType<ProviderMetadataResult.Unavailable>(await Source().GetAsync()).Cause;

        Assert.Contains(named, cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_more_than_256_KB_is_none()
    {
        _op.Metadata["x"] = new string('x', 256 * 1024);
        Write(_op.Metadata.ToJsonString(), TestKeys.OfTheOp());

        Assert.Contains("256 KB", Assert.IsType<ProviderMetadataResult.Unavailable>(await Source().GetAsync()).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_and_a_file_together_are_a_fault_and_so_is_neither()
    {
        var client = new CibaClientSettings { ClientId = "c", Authentication = new ClientSecretPost("s") };
        using var invoker = new HttpMessageInvoker(_op, disposeHandler: false);

        Assert.Throws<ArgumentException>(() => new ProviderMetadataSource(new ProviderMetadataSettings { Client = client }, invoker));
        Assert.Throws<ArgumentException>(() => new ProviderMetadataSource(
            new ProviderMetadataSettings { Client = client, MetadataFile = MetadataFile, MetadataAddress = new Uri(FakeOp.Issuer) }, invoker));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _op.Dispose();
    }

    private void Write(string? metadata, string? keys)
    {
        if (metadata is not null)
        {
            File.WriteAllText(MetadataFile, metadata);
        }

        if (keys is not null)
        {
            File.WriteAllText(KeysFile, keys);
        }
    }

    private ProviderMetadataSource Source() => new(
        new ProviderMetadataSettings
        {
            Client = Client,
            MetadataFile = MetadataFile,
            KeysFile = KeysFile,
        },
        new HttpMessageInvoker(_op, disposeHandler: false),
        _time);
}
