using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests.Nodes;

/// <summary>One person's login, in a browser that any node may answer.</summary>
internal sealed class FarmLogin
{
    private static readonly SocketsHttpHandler Wire = new() { UseCookies = false, AllowAutoRedirect = false };

    private readonly TestBrowser _browser;
    private readonly TestPage _waiting;

    private FarmLogin(TestBrowser browser, TestPage waiting) => (_browser, _waiting) = (browser, waiting);

    public static async Task<FarmLogin> BeginAsync(FarmNode node)
    {
        var browser = new TestBrowser(Wire, node.Address);
        var waiting = await browser.SubmitAsync(await browser.OpenAsync("/signin/Ciba"), "form", ("login_hint", "alice"));
        Assert.Equal("Check your phone", waiting.Title);
        return new FarmLogin(browser, waiting);
    }

    /// <summary>Looks at the page, through another node, until the login has ended.</summary>
    /// <returns>The page: the application's own where the user is signed in.</returns>
    public async Task<TestPage> EndAsync(FarmNode node)
    {
        TestPage page;
        do
        {
            page = await LookAsync(node);
        }
        while (page.Title is "Check your phone" || (int)page.Status >= 500);

        return page;
    }

    public Task<TestPage> LookAsync(FarmNode node) => _browser.OpenAsync(new Uri(node.Address, _waiting.Address.PathAndQuery).ToString());
}
