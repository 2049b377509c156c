using System.Net;
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
            foreach (var (name, status) in BadCall.All(default!).Select(bad => (bad.Name, bad.Status)))
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
        var call = BadCall.All(bench).Single(bad => bad.Name == name);

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
}
