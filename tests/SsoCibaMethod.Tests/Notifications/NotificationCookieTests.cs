using System.Net;
using SsoCibaMethod.Client;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Notifications;

/// <summary>A call of the OP parks what came of a login; only the browser that started it is signed in by it.</summary>
[Trait("Spec", "S-12")]
public class NotificationCookieTests
{
    [Theory]
    [InlineData(TokenDeliveryMode.Ping)]
    [InlineData(TokenDeliveryMode.Push)]
    public async Task The_OP_s_call_gets_no_cookie_and_the_browser_that_started_is_signed_in(TokenDeliveryMode mode)
    {
        await using var bench = await NotificationBench.StartAsync(mode);
        bench.Op.OnPoll = poll => ScriptedOp.Json(bench.Op.Tokens(poll["auth_req_id"]!));
        var waiting = await bench.BeginAsync();
        using var other = bench.Host.CreateBrowser();

        var body = mode == TokenDeliveryMode.Push ? bench.Op.Tokens("id-1") : [];
        body["auth_req_id"] = "id-1";
        using var answer = await bench.SendAsync(NotificationBench.Request(bench.Token, body.ToJsonString()));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("approved", await bench.StateAsync(waiting));
        _ = await other.OpenAsync(waiting.Address.ToString());
        Assert.False(other.IsSignedIn());
        Assert.Equal("/me", (await bench.Browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
        Assert.True(bench.Browser.IsSignedIn());
    }
}
