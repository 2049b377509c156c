using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>An OP that gives the same answer to everything but its documents, and the client of it.</summary>
internal sealed class FuzzedOp : HttpMessageHandler
{
    private readonly HttpMessageInvoker _invoker;
    private readonly FakeOp _documents = new();
    private readonly HttpMessageInvoker _fetcher;
    private readonly ProviderMetadataSource _source;
    private readonly CibaClientSettings _settings;

    public FuzzedOp(DPoPKey? key = null)
    {
        _documents.Metadata["userinfo_endpoint"] = $"{FakeOp.Issuer}/oidc/userinfo";
        (_invoker, _fetcher) = (new HttpMessageInvoker(this, disposeHandler: false), new HttpMessageInvoker(_documents));
        _settings = new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = new ClientSecretPost(TestKeys.Secret), IdTokenSigningAlgorithms = ["PS256"], DPoP = key };
        _source = new ProviderMetadataSource(
            new ProviderMetadataSettings { Client = _settings, MetadataAddress = new Uri($"{FakeOp.Issuer}/.well-known/openid-configuration") }, _fetcher, Time);
    }

    public ManualTimeProvider Time { get; } = new(TestToken.Now);

    /// <summary>The proofs of the requests since the client was created; empty where a request had none.</summary>
    public List<string> Proofs { get; } = [];

    private FuzzedAnswer? Answer { get; set; }

    public async Task PrepareAsync() => Assert.IsType<ProviderMetadataResult.Usable>(await _source.GetAsync());

    /// <summary>A client that knows nothing of earlier answers.</summary>
    public CibaClient CreateClient(FuzzedAnswer answer)
    {
        Answer = answer;
        Proofs.Clear();
        return new CibaClient(_settings, _source, _invoker, Time);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Proofs.Add(request.Headers.TryGetValues("DPoP", out var proofs) ? proofs.Single() : "");
        return Task.FromResult(Answer!.ToMessage());
    }

    protected override void Dispose(bool disposing)
    {
        _invoker.Dispose();
        _fetcher.Dispose();
        base.Dispose(disposing);
    }
}
