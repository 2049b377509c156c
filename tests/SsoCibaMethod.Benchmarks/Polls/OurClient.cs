using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Benchmarks.Op;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Benchmarks.Polls;

/// <summary>The client library, all of it.</summary>
internal sealed class OurClient : IPollClient
{
    private readonly HttpMessageInvoker _invoker;
    private readonly CibaClient _client;
    private readonly IReadOnlyList<string> _authReqIds;

    public OurClient(OpProcess op, string door, IReadOnlyList<string> authReqIds, bool signs = false)
        : this(op.CreateHandler(), door, authReqIds, signs)
    {
    }

    public OurClient(HttpMessageHandler handler, string door, IReadOnlyList<string> authReqIds, bool signs = false)
    {
        var settings = new CibaClientSettings
        {
            ClientId = Registration.ClientId,
            Authentication = signs
                ? new PrivateKeyJwt(new SigningCredentials(new ECDsaSecurityKey(Registration.Key) { KeyId = "benchmark" }, SecurityAlgorithms.EcdsaSha256))
                : new ClientSecretBasic(Registration.Secret),
        };
        _authReqIds = authReqIds;
        _invoker = new HttpMessageInvoker(handler);
        _client = new CibaClient(settings, new ProviderMetadataSource(
            new ProviderMetadataSettings { Client = settings, ExpectedIssuer = door, MetadataAddress = new Uri($"{door}/.well-known/openid-configuration") }, _invoker), _invoker);
    }

    public async Task PollAsync(int login)
    {
        var answer = await _client.PollAsync(_authReqIds[login]);
        if (answer is not TokenResponse.Pending)
        {
            throw new InvalidOperationException($"The OP answered {answer} {(answer as TokenResponse.Unavailable)?.Cause}.");
        }
    }

    public void Dispose() => _invoker.Dispose();
}
