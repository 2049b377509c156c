using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.Notifications;

/// <summary>A call of the notification endpoint that must be refused, and the status it is refused with.</summary>
internal sealed record BadCall(string Name, int Status, Func<HttpRequestMessage> Request)
{
    private const string Json = "application/json";

    /// <summary>All of them.</summary>
    /// <param name="bench">Where the right token and id are from; the names alone need none.</param>
    public static IEnumerable<BadCall> All(NotificationBench bench)
    {
        var token = bench?.Token ?? "";
        const string Good = """{"auth_req_id":"id-1"}""";
        BadCall Call(string name, int status, Func<HttpRequestMessage> request) => new(name, status, request);
        BadCall Authorized(string name, Func<string> authorization) => Call(name, 401, () =>
        {
            var request = NotificationBench.Request(null, Good);
            _ = request.Headers.TryAddWithoutValidation("Authorization", authorization());
            return request;
        });
        BadCall Body(string name, int status, string body, string type = Json) => Call(name, status, () => NotificationBench.Request(token, body, type));
        HttpRequestMessage With(Action<HttpRequestMessage> change)
        {
            var request = NotificationBench.Request(token, Good);
            change(request);
            return request;
        }

        // The token (C-81, C-86).
        yield return Call("no token", 401, () => NotificationBench.Request(null, Good));
        yield return Authorized("an empty header", () => "");
        yield return Authorized("the scheme alone", () => "Bearer");
        yield return Authorized("the scheme and a space", () => "Bearer ");
        yield return Authorized("the token alone", () => token);
        yield return Authorized("one character more", () => $"Bearer {token}1");
        yield return Authorized("one character less", () => $"Bearer {token[..^1]}");
        yield return Authorized("another case", () => $"Bearer {Swap(token)}");
        yield return Authorized("padding", () => $"Bearer {token}=");
        yield return Authorized("two tokens", () => $"Bearer {token} {token}");
        yield return Authorized("a list", () => $"Bearer {token}, Bearer {token}");
        yield return Authorized("quoted", () => $"Bearer \"{token}\"");
        yield return Authorized("a parameter", () => $"Bearer token={token}");
        yield return Authorized("Basic", () => $"Basic {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"app:{token}"))}");
        yield return Authorized("DPoP", () => $"DPoP {token}");
        yield return Authorized("the hash of the token", () => $"Bearer {SecretHash.Of(token)}");
        yield return Authorized("too long", () => $"Bearer {new string('a', 2000)}");
        yield return Authorized("beyond ASCII", () => "Bearer töken-that-nobody-gave");
        yield return Authorized("the auth_req_id", () => "Bearer id-1");
        yield return Call("two headers", 401, () => With(request => request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}x")));
        yield return Call("in the query", 401, () => Elsewhere($"?access_token={token}", Good));
        yield return Call("in the query, too", 401, () => Elsewhere($"?client_notification_token={token}", Good));
        yield return Call("in the body", 401, () => Elsewhere("", new JsonObject { ["auth_req_id"] = "id-1", ["access_token"] = token }.ToJsonString()));
        yield return Call("in a cookie", 401, () =>
        {
            var request = NotificationBench.Request(null, Good);
            request.Headers.Add("Cookie", $"Authorization=Bearer {token}");
            return request;
        });

        // Whose request it is about (C-81).
        yield return Push("another auth_req_id", 401, "id-2");
        yield return Push("another case of the auth_req_id", 401, "ID-1");
        yield return Push("an auth_req_id with a space", 401, "id-1 ");
        yield return Push("an auth_req_id cut short", 401, "id-");

        // The form of the call (C-86).
        foreach (var method in new[] { "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS" })
        {
            yield return Call(method, 405, () => With(request => request.Method = new HttpMethod(method)));
        }

        yield return Body("no type", 415, Good, "");
        yield return Body("a form", 415, "auth_req_id=id-1", "application/x-www-form-urlencoded");
        yield return Body("plain text", 415, Good, "text/plain");
        yield return Body("text/json", 415, Good, "text/json");
        yield return Body("a JSON Lines type", 415, Good, "application/jsonl");
        yield return Body("another charset", 415, Good, "application/json; charset=utf-16");
        yield return Body("empty", 400, "");
        yield return Body("null", 400, "null");
        yield return Body("a text", 400, "\"id-1\"");
        yield return Body("an array", 400, """["id-1"]""");
        yield return Body("cut off", 400, """{"auth_req_id":"id-1" """);
        yield return Body("two objects", 400, Good + Good);
        yield return Body("a comment", 400, "/**/" + Good);
        yield return Body("a final comma", 400, """{"auth_req_id":"id-1",}""");
        yield return Body("a member twice", 400, """{"auth_req_id":"id-1","auth_req_id":"id-1"}""");
        yield return Body("no auth_req_id", 400, "{}");
        yield return Body("an empty auth_req_id", 400, """{"auth_req_id":""}""");
        yield return Body("a null auth_req_id", 400, """{"auth_req_id":null}""");
        yield return Body("a numeric auth_req_id", 400, """{"auth_req_id":1}""");
        yield return Body("a list of ids", 400, """{"auth_req_id":["id-1"]}""");
        yield return Body("a lone surrogate", 400, """{"auth_req_id":"\ud800"}""");
        yield return Body("an endless auth_req_id", 400, $$"""{"auth_req_id":"{{new string('a', 9000)}}"}""");
        yield return Body("deep nesting", 400, $$"""{"auth_req_id":"id-1","x":{{new string('[', 500)}}""");
        yield return Body("too large", 413, $$"""{"auth_req_id":"id-1","padding":"{{new string('x', 1_100_000)}}"}""");
        yield return Call("too large, of unknown length", 413, () => With(request =>
        {
            request.Content = new StreamContent(new MemoryStream(new byte[1_100_000]));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(Json);
            request.Headers.TransferEncodingChunked = true;
        }));

        BadCall Push(string name, int status, string authReqId) => Call(name, status, () =>
        {
            var body = bench!.Op.Tokens(authReqId);
            body["auth_req_id"] = authReqId;
            return NotificationBench.Request(token, body.ToJsonString());
        });

        HttpRequestMessage Elsewhere(string query, string body)
        {
            var request = NotificationBench.Request(null, body);
            request.RequestUri = new Uri(NotificationBench.Address + query);
            return request;
        }
    }

    private static string Swap(string token) =>
        string.Concat(token.Select(letter => char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
}
