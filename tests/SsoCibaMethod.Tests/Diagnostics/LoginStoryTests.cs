using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Diagnostics;

/// <summary>The log tells the story of one login by the reference its page shows, from the start to the sign-in.</summary>
public class LoginStoryTests
{
    [Fact]
    public async Task Every_line_of_a_login_has_its_reference_and_they_tell_the_whole_story()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        var before = host.Log.Lines.Count;
        await host.ApproveAsync(browser, waiting);
        await browser.OpenAsync(waiting.Address.ToString());

        var reference = Reference(waiting);
        var story = host.Log.Lines.Where(line => line.Category == typeof(CibaHandler).FullName && line.Id.Id is >= 20 and < 60).ToList();
        Assert.Equal(["LoginStarted", "LoginAcknowledged", "LoginApproved", "LoginRedeemed"], story.Select(line => line.Id.Name));
        Assert.All(story, line => Assert.Contains($"Login={reference}", line.Text, StringComparison.Ordinal));

        // What the framework logs for its requests is marked by a scope: the sign-in of the cookie, for one.
        Assert.Contains(host.Log.Lines.Skip(before), line => line.Text.StartsWith($"scope Login={reference}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sign_in_is_told_also_where_the_store_s_answer_to_it_was_lost()
    {
        var store = new TroubledStore();
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);
        store.OnReplaced = record =>
        {
            store.OnReplaced = _ => { };
            throw new IOException(record.State.ToString());
        };

        await browser.OpenAsync(waiting.Address.ToString());
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);

        var last = host.Log.Lines.Last(line => line.Text.StartsWith($"Login {Reference(waiting)} ", StringComparison.Ordinal));
        Assert.Equal("LoginRedeemedAgain", last.Id.Name);
        Assert.Contains("signed in", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_nobody_worked_for_is_told_too()
    {
        await using var host = await CibaTestHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        await host.ApproveAsync(browser, waiting);

        host.Clock.Advance(TimeSpan.FromMinutes(15));
        await browser.OpenAsync(waiting.Address.ToString());

        var end = Assert.Single(host.Log.Lines, line => line.Id.Name == "LoginEnded");
        Assert.Contains($"Login {Reference(waiting)} of Ciba: ended as {nameof(PendingLoginState.Expired)}", end.Text, StringComparison.Ordinal);
    }

    private static string Reference(Testing.TestPage page) => System.Web.HttpUtility.ParseQueryString(page.Address.Query)["a"]!;
}
