using System.Net;
using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Tests.Redeeming;

/// <summary>
/// One approved login, whose browser comes back for it: in up to three tabs at once, each broken off somewhere, answers lost on the way, while somebody else who has the address
/// tries it too. At last it comes undisturbed.
/// </summary>
internal sealed class RedeemRun(RedeemNodes nodes, FuzzRandom random, RedeemTally tally)
{
    private const int MostRounds = 4;
    private const int MostTabs = 3;

    // Three calls of the store at the most, each with two points, and four events; and some that come through.
    private const int Points = 12;

    private static readonly Uri Site = new("https://app.example/");

    private readonly CookieContainer _jar = new();
    private readonly CookieContainer _other = new();

    public async Task RunAsync(int number)
    {
        var before = nodes.Store.Redeemed;
        var (page, name, handle) = await nodes.AddApprovedAsync(number);
        _jar.Add(new Cookie(name, handle, "/", Site.Host) { Secure = true });
        if (random.OneIn(2))
        {
            // Who has the address may make up a cookie, but not the handle in it.
            _other.Add(new Cookie(name, handle[1..] + "0", "/", Site.Host) { Secure = true });
        }

        for (var round = random.Below(MostRounds); round > 0; round--)
        {
            List<Func<Task>> tabs = [.. Enumerable.Range(0, 1 + random.Below(MostTabs)).Select(_ => Tab(_jar, page, BreakPlan.Draw(random, Points), random.OneIn(3)))];
            if (random.OneIn(2))
            {
                tabs.Add(Tab(_other, page, BreakPlan.Draw(random, Points), isLost: false));
            }

            await Task.WhenAll(tabs.Select(Task.Run));
        }

        tally.Add(nodes.Store.Redeemed > before ? "transitions before the last request" : "transitions by the last request");
        tally.Add(IsSignedIn(_jar) ? "sign-ins before the last request" : "sign-ins by the last request");
        await Tab(_other, page, BreakPlan.Calm(), isLost: false)();
        await Tab(_jar, page, BreakPlan.Calm(), isLost: false)();

        Assert.Equal(1, nodes.Store.Redeemed - before);
        Assert.True(IsSignedIn(_jar), "The browser that started is not signed in.");
        Assert.False(IsSignedIn(_other), "Another browser is signed in.");
        using var plan = BreakPlan.Calm();
        using var me = await nodes.SendAsync(random.Below(2), "/me", _jar.GetCookieHeader(Site), plan);
        Assert.Contains("Alice Aaltonen", await me!.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        tally.Add("runs");
    }

    // What is drawn is drawn before anything runs, so that the same seed draws the same, and tabs have the same cookies.
    private Func<Task> Tab(CookieContainer jar, string page, BreakPlan plan, bool isLost)
    {
        var (node, cookies, isOther) = (random.Below(2), jar.GetCookieHeader(Site), jar == _other);
        return async () =>
        {
            using var drawn = plan;
            using var answer = await nodes.SendAsync(node, page, cookies, plan);
            tally.Add(isOther ? "requests of another browser" : "requests of the browser that started");
            if (!isOther && plan.BrokenAt is { } point)
            {
                tally.Add($"broken off {point}");
            }

            if (answer is null)
            {
                return;
            }

            Assert.False(isOther && answer.Headers.Location is not null, "Another browser is sent on.");
            if (isLost)
            {
                tally.Add(answer.StatusCode == HttpStatusCode.Redirect ? "answers lost, with the sign-in" : "answers lost, others");
                return;
            }

            lock (jar)
            {
                foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
                {
                    jar.SetCookies(Site, cookie);
                }
            }
        };
    }

    private static bool IsSignedIn(CookieContainer jar) => jar.GetCookies(Site).Any(cookie => cookie.Name == ".AspNetCore.Cookies");
}
