using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Registered;

/// <summary>The approval of one person confirms nobody else: the OP's user must be the local one, by a claim or by the host's word.</summary>
[Trait("Spec", "T-17")]
public class OtherPersonTests
{
    private const string OtherUser = "Somebody else approved the request, not the person who is signed in here. Nothing was changed.";

    [Fact]
    public async Task An_approval_by_another_sub_than_the_claim_says_fails()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync("with alice's phone");
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync(StepUpHost.AlicesHint)).AuthReqId));

        // The poller knows it already; nothing is parked.
        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        await AssertNotConfirmedAsync(host, browser, await browser.OpenAsync(waiting.Address.ToString()), "Not Alice");
    }

    [Fact]
    public async Task An_id_token_hint_of_another_person_fails_when_the_browser_comes_back()
    {
        using var op = new ScriptedOp();
        await using var host = await StepUpHost.StartAsync(
            options => options.LoginHint.Provider = (_, _) => Task.FromResult<CibaLoginHint?>(new CibaLoginHint.IdToken(op.Sign(new JsonObject { ["sub"] = "user-1" }))),
            op: op);
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync();
        op.OnPoll = poll => ScriptedOp.Json(op.Tokens(poll["auth_req_id"]!));
        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        await AssertNotConfirmedAsync(host, browser, await browser.OpenAsync(waiting.Address.ToString()), "Alice of this house");
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("bob", false)]
    public async Task The_host_may_say_who_is_who(string person, bool isConfirmed)
    {
        await using var host = await StartWithMatcherAsync((user, provided) =>
            (user.FindFirstValue("local_id"), provided.FindFirstValue("sub")) == ("1", StepUpHost.SubjectOf("alice")));
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync(person);
        if (person == "bob")
        {
            waiting = await browser.SubmitAsync(waiting, "form", ("user_code", "1234"));
        }

        var page = await host.ApproveAndReturnAsync(browser, waiting, $"{person}@example.com");

        if (isConfirmed)
        {
            Assert.Equal("/me", page.Address.AbsolutePath);
            Assert.Contains(("acr", "loa2"), page.AllClaims());
        }
        else
        {
            await AssertNotConfirmedAsync(host, browser, page, "Bob of this house");
        }
    }

    [Fact]
    public async Task A_matcher_that_throws_confirms_nobody_until_it_can_tell()
    {
        var works = false;
        await using var host = await StartWithMatcherAsync((_, _) => works ? true : throw new InvalidOperationException("The directory is down."));
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync();

        var page = await host.ApproveAndReturnAsync(browser, waiting);
        Assert.Equal((HttpStatusCode.InternalServerError, "That did not work"), (page.Status, page.Title));
        Assert.Contains(host.Log.Lines, line => line.Id.Name == "PageSurprise");
        Assert.DoesNotContain((await browser.OpenAsync("/me")).AllClaims(), claim => claim.Type == "acr");

        // The approval still stands when the page is loaded again.
        works = true;
        Assert.Contains(("acr", "loa2"), (await browser.OpenAsync(waiting.Address.ToString())).AllClaims());
    }

    [Fact]
    public async Task A_claim_leaves_the_matcher_nothing_to_say()
    {
        await using var host = await StartWithMatcherAsync((_, _) => true, options => options.LoginHint.SubjectClaim = "op_sub");
        using var browser = host.CreateBrowser();

        var waiting = await browser.AskAsync("with alice's phone");
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync(StepUpHost.AlicesHint)).AuthReqId));
        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));

        // And for a user without the claim it decides.
        Assert.Contains(("acr", "loa2"), (await host.ConfirmAsync(browser, "unknown to the OP")).AllClaims());
    }

    [Fact]
    public async Task The_host_hears_of_it_as_of_every_failure()
    {
        var told = "";
        await using var host = await StepUpHost.StartAsync(options => options.Events.OnRemoteFailure = context =>
        {
            told = ((CibaLoginException)context.Failure!).MessageKey;
            return Task.CompletedTask;
        });
        using var browser = host.CreateBrowser();
        var waiting = await browser.AskAsync("with alice's phone");
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync(StepUpHost.AlicesHint)).AuthReqId));
        _ = await host.AdvanceUntilNotAsync(browser, waiting, "waiting");

        _ = await browser.OpenAsync(waiting.Address.ToString());

        Assert.Equal("OTHER_USER", told);
    }

    private static Task<CibaTestHost> StartWithMatcherAsync(Func<ClaimsPrincipal, ClaimsPrincipal, bool> matches, Action<CibaOptions>? configure = null) =>
        StepUpHost.StartAsync(options =>
        {
            options.LoginHint.SubjectClaim = null;
            options.LoginHint.SubjectMatcher = (_, user, provided) => Task.FromResult(matches(user, provided));
            configure?.Invoke(options);
        });

    private static async Task AssertNotConfirmedAsync(CibaTestHost host, TestBrowser browser, TestPage page, string stillSignedIn)
    {
        Assert.Equal("That did not work", page.Title);
        Assert.StartsWith(OtherUser, page.Notice, StringComparison.Ordinal);
        var reference = page.Document.QuerySelector(".reference bdi")!.TextContent;
        Assert.Contains(host.Log.Lines, line => line is { Level: LogLevel.Warning, Id.Name: "NotConfirmed" } && line.Text.Contains(reference, StringComparison.Ordinal));
        Assert.Equal(stillSignedIn, await browser.NameAsync());
        Assert.DoesNotContain((await browser.OpenAsync("/me")).AllClaims(), claim => claim.Type is "acr" or "amr" or "auth_time" or "sub");
    }
}
