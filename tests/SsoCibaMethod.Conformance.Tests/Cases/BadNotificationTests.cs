using System.Net;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-53 for the whole handler: calls that are not the OP's, or not in the form of one. None is acted upon, and none is redirected.</summary>
[Trait("Spec", "K-53")]
[Trait("Spec", "C-86")]
public class BadNotificationTests
{
    private static readonly Dictionary<string, (HttpStatusCode Status, Action<Notification> Spoil)> Bad = new(StringComparer.Ordinal)
    {
        ["the right token with a 1 behind it"] = (HttpStatusCode.Unauthorized, call => call.Token += "1"),
        ["the right token without its last character"] = (HttpStatusCode.Unauthorized, call => call.Token = call.Token![..^1]),
        ["the right token in other case"] = (HttpStatusCode.Unauthorized, call => call.Token = Swap(call.Token!)),
        ["no token"] = (HttpStatusCode.Unauthorized, call => call.Token = null),
        ["another scheme"] = (HttpStatusCode.Unauthorized, call => call.Scheme = "Basic"),
        ["the token in the address"] = (HttpStatusCode.Unauthorized, call => (call.Address, call.Token) = ($"{call.Address}?access_token={call.Token}", null)),
        ["the token in a form"] = (HttpStatusCode.Unauthorized, call =>
            (call.Body, call.MediaType, call.Token) = ($"access_token={call.Token}&auth_req_id={CaseOp.AuthReqId}", "application/x-www-form-urlencoded", null)),
        ["another request's id"] = (HttpStatusCode.Unauthorized, call => call.Body = """{"auth_req_id":"another"}"""),
        ["bad JSON without a token"] = (HttpStatusCode.Unauthorized, call => (call.Token, call.Body) = (null, "{")),
        ["bad JSON"] = (HttpStatusCode.BadRequest, call => call.Body = "{"),
        ["no body"] = (HttpStatusCode.BadRequest, call => call.Body = ""),
        ["no auth_req_id"] = (HttpStatusCode.BadRequest, call => call.Body = "{}"),
        ["an auth_req_id that is a number"] = (HttpStatusCode.BadRequest, call => call.Body = """{"auth_req_id":7}"""),
        ["two auth_req_ids"] = (HttpStatusCode.BadRequest, call => call.Body = $$"""{"auth_req_id":"{{CaseOp.AuthReqId}}","auth_req_id":"other"}"""),
        ["a list"] = (HttpStatusCode.BadRequest, call => call.Body = "[]"),
        ["another charset"] = (HttpStatusCode.UnsupportedMediaType, call => call.MediaType = "application/json; charset=utf-16"),
        ["a text"] = (HttpStatusCode.UnsupportedMediaType, call => call.MediaType = "text/plain"),
        ["a GET"] = (HttpStatusCode.MethodNotAllowed, call => call.Method = HttpMethod.Get),
        ["a PUT"] = (HttpStatusCode.MethodNotAllowed, call => call.Method = HttpMethod.Put),
        ["too large a body"] = (HttpStatusCode.RequestEntityTooLarge, call => call.Body = $$"""{"auth_req_id":"{{CaseOp.AuthReqId}}","x":"{{new string('x', 2_000_000)}}"}"""),
    };

    public static TheoryData<string> BadOnes => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(BadOnes))]
    public async Task A_bad_call_is_refused_and_not_acted_upon(string what)
    {
        await using var run = await CaseHost.StartAsync("ping");
        run.Op.Poll = (_, _) => Task.FromResult(run.Op.Tokens());
        _ = await run.BeginAsync();
        var call = Notification.Ping(run.Op);
        Bad[what].Spoil(call);

        var (status, headers) = await call.SendAsync(run.Host);

        Assert.Equal(Bad[what].Status, status);
        Assert.Equal(status == HttpStatusCode.Unauthorized, headers.WwwAuthenticate.ToString() == "Bearer");
        await run.Host.SettleAsync();
        Assert.Empty(run.Op.PollTimes);
        Assert.Equal("waiting", await run.StateAsync());
    }

    [Theory]
    [InlineData("bearer", "application/json")]
    [InlineData("BEARER", "application/json")]
    [InlineData("Bearer", "application/json; charset=utf-8")]
    [InlineData("Bearer", "Application/JSON")]
    public async Task What_only_looks_different_is_accepted(string scheme, string mediaType)
    {
        await using var run = await CaseHost.StartAsync("ping");
        _ = await run.BeginAsync();
        var call = Notification.Ping(run.Op);
        call.Scheme = scheme;
        call.MediaType = mediaType;

        Assert.Equal(HttpStatusCode.NoContent, (await call.SendAsync(run.Host)).Status);
    }

    [Fact]
    public async Task Members_that_are_not_known_are_ignored()
    {
        await using var run = await CaseHost.StartAsync("ping");
        run.Op.Poll = (_, _) => Task.FromResult(run.Op.Tokens());
        _ = await run.BeginAsync();
        var call = Notification.Ping(run.Op);
        call.Body = $$"""{"auth_req_id":"{{CaseOp.AuthReqId}}","new":{"a":[1]},"access_token":"evil","id_token":"evil","error":"access_denied"}""";

        Assert.Equal(HttpStatusCode.NoContent, (await call.SendAsync(run.Host)).Status);

        // What a ping says of the outcome is not believed; it is asked for.
        await run.Host.SettleAsync();
        Assert.Equal(IdToken.Subject, await run.SubjectAsync());
    }

    private static string Swap(string text) => new([.. text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))]);
}
