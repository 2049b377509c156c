using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Notifications;

/// <summary>Calls that must not be heeded: each is refused with the status the protocol has for it, starts nothing and signs nobody in.</summary>
[Trait("Spec", "K-53")]
[Trait("Spec", "K-37")]
public class BadNotificationTests
{
    private const string Json = "application/json";

    // {0} stands for the right token, {1} for the right auth_req_id.
    public static TheoryData<string, string, int> Calls
    {
        get
        {
            var calls = new TheoryData<string, string, int>();
            foreach (var (name, status) in Bad(default!).Select(bad => (bad.Name, bad.Status)))
            {
                calls.Add("ping", name, status);
                calls.Add("push", name, status);
            }

            return calls;
        }
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(Calls.Count >= 80, $"{Calls.Count}");

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_bad_call_is_refused_and_nothing_happens(string mode, string name, int status)
    {
        await using var bench = await NotificationBench.StartAsync(Enum.Parse<TokenDeliveryMode>(mode, ignoreCase: true));
        var waiting = await bench.BeginAsync();
        var call = Bad(bench).Single(bad => bad.Name == name);

        using var answer = await bench.SendAsync(call.Request());

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 401 ? "Bearer" : "", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal(status == 405 ? ["POST"] : [], answer.Content.Headers.Allow);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("waiting", await bench.StateAsync(waiting));
        Assert.Empty(bench.Op.Polls);

        // The server's own log of requests has their addresses: one reason why a token there counts for nothing.
        var log = string.Join('\n', bench.Host.Log.Lines.Where(line => line.Category.StartsWith("SsoCibaMethod", StringComparison.Ordinal)).Select(line => line.Text));
        Assert.Contains(status == 405 ? "asks the user" : $"was refused with HTTP {status}", log, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Token, log, StringComparison.Ordinal);
        Assert.DoesNotContain("id-1", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_poll_mode_there_is_no_such_address()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Poll);
        _ = await bench.BeginAsync();

        Assert.Equal(HttpStatusCode.NotFound, await bench.PingAsync("any-token-at-all-any-token"));
    }

    [Fact]
    [Trait("Spec", "S-19")]
    public async Task The_token_of_another_method_is_refused()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping, services: builder => builder.Services.AddAuthentication()
            .AddCibaAuthentication("Other", options =>
            {
                options.Authority = ScriptedOp.Issuer;
                options.ClientId = "app";
                options.ClientSecret = "secret";
                options.TokenDeliveryMode = TokenDeliveryMode.Ping;
            }));
        _ = await bench.BeginAsync();
        var request = NotificationBench.Request(bench.Token, """{"auth_req_id":"id-1"}""");
        request.RequestUri = new Uri("https://app.example/signin-other/notification");

        using var answer = await bench.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await bench.Host.SettleAsync();
        Assert.Empty(bench.Op.Polls);
    }

    [Theory]
    [InlineData("bearer", "application/json")]
    [InlineData("BEARER", "application/json; charset=utf-8")]
    [InlineData("Bearer", "application/json; charset=\"UTF-8\"")]
    public async Task What_only_looks_different_is_taken(string scheme, string type)
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Ping);
        _ = await bench.BeginAsync();
        var request = NotificationBench.Request(null, """{"auth_req_id":"id-1","new":[1]}""", type);
        _ = request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {bench.Token}");

        using var answer = await bench.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await bench.Host.SettleAsync();
        Assert.Single(bench.Op.Polls);
    }

    [Fact]
    public async Task It_works_behind_a_fallback_policy_and_antiforgery_without_any_cookie()
    {
        await using var bench = await NotificationBench.StartAsync(
            TokenDeliveryMode.Ping,
            services: builder =>
            {
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
                builder.Services.AddAntiforgery();
            },
            pipeline: app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.UseAntiforgery();
                app.MapGet("/me", () => "me");
            });
        _ = await bench.BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, await bench.PingAsync(bench.Token));
    }

    [Fact]
    [Trait("Spec", "S-53")]
    public async Task The_store_has_neither_the_token_nor_the_id_nor_what_was_pushed_in_clear()
    {
        await using var bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push);
        _ = await bench.BeginAsync();
        var login = (await bench.Logins.FindByNotificationTokenAsync(bench.Token, default))!;
        _ = await bench.Logins.ChangeAsync(login.Id, current => current with { Owner = "dead", Version = current.Version + 1 }, default);
        await bench.PolledAsync(0);
        Assert.Equal(HttpStatusCode.NoContent, await bench.PushAsync(bench.Op.Tokens("id-1")));

        var record = (await bench.Host.Services.GetRequiredService<IPendingLoginStore>().ReadAsync(login.Id, default))!;

        var text = $"{record} {System.Text.Encoding.Latin1.GetString(record.Payload.Span)}";
        Assert.All([bench.Token, "id-1", "the-access-token", "alice"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Equal(43, record.NotificationTokenHash!.Length);
    }

    private static IEnumerable<BadCall> Bad(NotificationBench bench)
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

    internal sealed record BadCall(string Name, int Status, Func<HttpRequestMessage> Request);
}
