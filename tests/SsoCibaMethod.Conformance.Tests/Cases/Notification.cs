using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>A call of the OP (CIBA Core §10.2, §10.3): right in every respect until a test spoils one thing.</summary>
internal sealed class Notification
{
    public HttpMethod Method { get; set; } = HttpMethod.Post;

    public string Address { get; set; } = "https://app.example/signin-ciba/notification";

    public string Scheme { get; set; } = "Bearer";

    /// <summary>The notification token; null sends none.</summary>
    public required string? Token { get; set; }

    public string MediaType { get; set; } = "application/json";

    public required string Body { get; set; }

    /// <summary>A ping for a request.</summary>
    public static Notification Ping(CaseOp op, string authReqId = CaseOp.AuthReqId) =>
        new() { Token = TokenOf(op), Body = new JsonObject { ["auth_req_id"] = authReqId }.ToJsonString() };

    /// <summary>The tokens, as a push (CIBA Core §10.3.1).</summary>
    public static Notification Push(CaseOp op, Action<IdToken>? idToken = null, Action<JsonObject>? spoil = null)
    {
        var token = op.NewIdToken(token =>
        {
            token.Claims["urn:openid:params:jwt:claim:auth_req_id"] = CaseOp.AuthReqId;
            token.Claims["urn:openid:params:jwt:claim:rt_hash"] = IdToken.Hash(CaseOp.RefreshToken);
            idToken?.Invoke(token);
        });
        var body = new JsonObject
        {
            ["auth_req_id"] = CaseOp.AuthReqId,
            ["access_token"] = CaseOp.AccessToken,
            ["token_type"] = "Bearer",
            ["refresh_token"] = CaseOp.RefreshToken,
            ["expires_in"] = 3_600,
            ["id_token"] = token.Sign(),
        };
        spoil?.Invoke(body);
        return new Notification { Token = TokenOf(op), Body = body.ToJsonString() };
    }

    /// <summary>An error, as a push (CIBA Core §12).</summary>
    public static Notification Error(CaseOp op, string code) =>
        new() { Token = TokenOf(op), Body = new JsonObject { ["auth_req_id"] = CaseOp.AuthReqId, ["error"] = code }.ToJsonString() };

    public static string TokenOf(CaseOp op) => op.Request["client_notification_token"];

    public async Task<(HttpStatusCode Status, HttpResponseHeaders Headers)> SendAsync(RelyingPartyHost host)
    {
        using var http = new HttpMessageInvoker(host.CreateHandler());
        using var request = new HttpRequestMessage(Method, Address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, Token);
        }

        using var response = await http.SendAsync(request, CancellationToken.None);
        return (response.StatusCode, response.Headers);
    }
}
