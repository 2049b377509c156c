using Microsoft.Playwright;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>Something the page can show, and how somebody comes to see it.</summary>
/// <param name="Method">The method that is opened.</param>
/// <param name="Story">What is done then.</param>
public sealed record PageState(string Method, Func<ShownPage, Task> Story)
{
    private const string Telephone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    /// <summary>The browser says that it is one on a telephone.</summary>
    public bool IsOnPhone { get; init; }

    /// <summary>What the browser tells in its console of an answer that is no success, or of a connection that the story breaks.</summary>
    public string? Trouble { get; init; }

    /// <summary>Every state there is.</summary>
    public static IReadOnlyDictionary<string, PageState> All { get; } = new Dictionary<string, PageState>(StringComparer.Ordinal)
    {
        ["hint"] = new(ShowMethods.Plain, page => page.IsAsync("hint")),
        ["hint-number"] = new(ShowMethods.Number, page => page.IsAsync("hint")),
        ["hint-empty"] = new(ShowMethods.Plain, async page =>
        {
            await page.SendAsync("  ");
            await page.HasNoticeAsync();
        })
        { Trouble = "status of 400" },
        ["hint-not-found"] = new(ShowMethods.Plain, async page =>
        {
            await page.SendAsync("alicia");
            await page.HasNoticeAsync();
        }),
        ["dressed"] = new(ShowMethods.Dressed, page => page.IsAsync("hint")),
        ["dressed-on-phone"] = new(ShowMethods.Dressed, page => page.IsAsync("hint")) { IsOnPhone = true },
        ["dressed-waiting"] = new(ShowMethods.Dressed, page => page.WaitAsync()) { IsOnPhone = true },
        ["hosted"] = new(ShowMethods.Hosted, page => page.WaitAsync()),
        ["remembered"] = new(ShowMethods.Dressed, async page =>
        {
            await page.Page.Locator("input[type=checkbox]").CheckAsync();
            await page.WaitAsync();
            Assert.True(page.App.Op.Approve(page.Request.AuthReqId));
            await Assertions.Expect(page.Page).ToHaveURLAsync("/me");
            await page.GoAsync("/signin/" + ShowMethods.Dressed);
            await Assertions.Expect(page.Page.Locator("form[action*='/forget']")).ToBeVisibleAsync();
        }),
        ["confirm"] = new(ShowMethods.Confirm, async page =>
        {
            await page.GoAsync("/as/alice@example.com");
            await page.GoAsync("/signin/" + ShowMethods.Confirm);
            await page.IsAsync("hint");
        }),
        ["closed"] = new(ShowMethods.Confirm, page => page.IsAsync("closed")),
        ["user-code"] = new(ShowMethods.Plain, async page =>
        {
            await page.SendAsync("bob");
            await page.IsAsync("user_code");
        }),
        ["user-code-wrong"] = new(ShowMethods.Plain, async page =>
        {
            await page.SendAsync("bob");
            await page.SendUserCodeAsync("4321");
            await page.HasNoticeAsync();
        }),
        ["sending"] = new(ShowMethods.Plain, async page =>
        {
            page.App.Wire.Hold();
            await page.SendAsync();
            await page.IsAsync("sending");
        }),
        ["waiting"] = new(ShowMethods.Plain, page => page.WaitAsync()),
        ["waiting-help"] = new(ShowMethods.Plain, async page =>
        {
            await page.WaitAsync();
            await page.Page.Locator("summary").ClickAsync();
        }),
        ["waiting-ends"] = new(ShowMethods.Plain, async page =>
        {
            await PassTimeAsync(page, "01:35");
            await Assertions.Expect(page.Page.Locator("[data-soon]")).ToBeVisibleAsync();
        }),
        ["waiting-offline"] = new(ShowMethods.Plain, async page =>
        {
            await page.WaitAsync();
            var calm = await page.Page.Locator("[data-status]").InnerTextAsync();
            await page.Visitor.Context.SetOfflineAsync(true);
            await Assertions.Expect(page.Page.Locator("[data-status]")).Not.ToHaveTextAsync(calm);
        })
        { Trouble = "net::ERR_INTERNET_DISCONNECTED" },
        ["approved"] = new(ShowMethods.Plain, async page =>
        {
            await page.WaitAsync();
            var calm = await page.Page.Locator("[data-status]").InnerTextAsync();

            // As the page is for the moment until the signed-in user is elsewhere: a download leaves it on the screen.
            await page.Visitor.Context.RouteAsync("**/signin-plain?*", route => route.FulfillAsync(new() { Headers = [new("Content-Disposition", "attachment")], Body = "-" }));
            Assert.True(page.App.Op.Approve(page.Request.AuthReqId));
            await Assertions.Expect(page.Page.Locator("[data-status]")).Not.ToHaveTextAsync(calm);
            await Assertions.Expect(page.Page).ToHaveTitleAsync(await page.Page.Locator("[data-status]").InnerTextAsync());
        }),
        ["declined"] = new(ShowMethods.Plain, async page =>
        {
            await page.WaitAsync();
            Assert.True(page.App.Op.Decline(page.Request.AuthReqId));
            await page.IsAsync("declined");
        }),
        ["expired"] = new(ShowMethods.Plain, async page =>
        {
            await page.WaitAsync();
            Assert.True(page.App.Op.Expire(page.Request.AuthReqId));
            await page.IsAsync("expired");
        }),
        ["cancelled"] = new(ShowMethods.Plain, async page =>
        {
            await page.WaitAsync();
            await page.PressAsync("cancel");
            await page.IsAsync("cancelled");
        }),
        ["again"] = new(ShowMethods.Plain, async page =>
        {
            await PassTimeAsync(page, "00:31");
            await page.Page.Locator("summary").ClickAsync();
            await page.PressAsync("again");
            await page.HasNoticeAsync();
        }),
        ["failed"] = new(ShowMethods.Plain, async page =>
        {
            page.App.Op.FailNextRequest("invalid_client", 401);
            await page.SendAsync();
            await page.IsAsync("failed");
        }),
        ["limited"] = new(ShowMethods.Limited, async page =>
        {
            // The one start that is allowed may have been another's.
            while (await page.Page.Locator("main").GetAttributeAsync("data-state") != "limited")
            {
                await page.SendAsync();
                await Assertions.Expect(page.Page.Locator("main[data-state=waiting], main[data-state=limited]")).ToBeVisibleAsync();
                if (await page.Page.Locator("main").GetAttributeAsync("data-state") == "waiting")
                {
                    await page.PressAsync("cancel");
                    await page.IsAsync("cancelled");
                }
            }
        })
        { Trouble = "status of 429" },
        ["failed-codes"] = new(ShowMethods.Plain, async page =>
        {
            await page.SendAsync("bob");
            for (var tries = 0; tries < 3; tries++)
            {
                await page.IsAsync("user_code");
                await page.SendUserCodeAsync("4321");
                await page.HasNoticeAsync();
            }

            await page.IsAsync("failed");
        }),
        ["unknown"] = new(ShowMethods.Plain, async page =>
        {
            await page.GoAsync(page.Page.Url + "&a=abcdefgh");
            await page.IsAsync("unknown");
        }),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Comes to the state in a browser, and looks at the page.</summary>
    /// <param name="app">The application.</param>
    /// <param name="language">The browser's language.</param>
    /// <param name="look">What is looked at.</param>
    public async Task VisitAsync(ShowApp app, string language, Func<IPage, Task> look)
    {
        try
        {
            await app.VisitAsync(
                async visitor =>
                {
                    if (Trouble is not null)
                    {
                        visitor.Troubles.Expect(Trouble);
                    }

                    var page = await ShownPage.OpenAsync(app, visitor, Method);
                    await Story(page);
                    await look(page.Page);
                    await visitor.Context.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
                },
                new() { Locale = language, UserAgent = IsOnPhone ? Telephone : null, IsMobile = IsOnPhone });
        }
        finally
        {
            app.Wire.Release();
        }
    }

    // The page's own clock runs on, and the server, which would put it right, is not heard.
    private static async Task PassTimeAsync(ShownPage page, string time)
    {
        await page.Page.Clock.InstallAsync();
        await page.Visitor.Context.RouteAsync("**/status?*", _ => Task.CompletedTask);
        await page.WaitAsync();
        await page.Page.Clock.FastForwardAsync(time);
    }
}
