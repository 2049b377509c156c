using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SsoCibaMethod.Benchmarks.Op;

namespace SsoCibaMethod.Benchmarks.Polls;

/// <summary>A poll as a tutorial writes it: a form of a dictionary, the answer as a string, the string as a document.</summary>
internal sealed class TutorialClient : IPollClient
{
    private readonly HttpClient _http;
    private readonly string _endpoint;
    private readonly IReadOnlyList<string> _authReqIds;

    public TutorialClient(OpProcess op, string door, IReadOnlyList<string> authReqIds)
    {
        _authReqIds = authReqIds;
        _endpoint = $"{door}/token";
        _http = new HttpClient(op.CreateHandler())
        {
            DefaultRequestVersion = door == op.Doors.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultRequestHeaders = { Authorization = AuthenticationHeaderValue.Parse(Registration.Basic) },
        };
    }

    public async Task PollAsync(int login)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "urn:openid:params:grant-type:ciba",
            ["auth_req_id"] = _authReqIds[login],
        });
        using var response = await _http.PostAsync(_endpoint, content);
        var text = await response.Content.ReadAsStringAsync();
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.GetProperty("error").GetString() != "authorization_pending")
        {
            throw new InvalidOperationException(text);
        }
    }

    public void Dispose() => _http.Dispose();
}
