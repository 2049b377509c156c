using Duende.IdentityModel.Client;
using SsoCibaMethod.Benchmarks.Op;

namespace SsoCibaMethod.Benchmarks.Polls;

/// <summary>The call most .NET programs make: Duende.IdentityModel over an <see cref="HttpClient"/> as it comes, which speaks HTTP/1.1.</summary>
internal sealed class DuendeClient(OpProcess op, string door, IReadOnlyList<string> authReqIds) : IPollClient
{
    private readonly HttpClient _http = new(op.CreatePlainHandler());
    private readonly string _endpoint = $"{door}/token";

    public async Task PollAsync(int login)
    {
        using var request = new BackchannelAuthenticationTokenRequest
        {
            Address = _endpoint,
            ClientId = Registration.ClientId,
            ClientSecret = Registration.Secret,
            AuthenticationRequestId = authReqIds[login],
        };
        var answer = await _http.RequestBackchannelAuthenticationTokenAsync(request);
        if (answer.Error != "authorization_pending")
        {
            throw new InvalidOperationException($"The OP answered {answer.Error}.");
        }
    }

    public void Dispose() => _http.Dispose();
}
