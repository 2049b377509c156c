using System.Web;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests.Nodes;

/// <summary>One person's login, in a browser that any node may answer.</summary>
internal sealed class FarmLogin
{
    private static readonly SocketsHttpHandler Wire = new() { UseCookies = false, AllowAutoRedirect = false };
    private static readonly TimeSpan LookEach = TimeSpan.FromSeconds(1);

    private readonly TestBrowser _browser;
    private readonly TestPage _waiting;

    private FarmLogin(TestBrowser browser, TestPage waiting) => (_browser, _waiting) = (browser, waiting);

    /// <summary>The login's number, by which logs speak of it.</summary>
    public string Number => HttpUtility.ParseQueryString(_waiting.Address.Query)["a"]!;

    /// <summary>Whether the page waits, whatever else it can tell.</summary>
    public static bool IsWaiting(TestPage page) => page.Title is "Check your phone" or "Sending the request" || IsWithoutStore(page);

    /// <summary>Whether the page waits for the store.</summary>
    public static bool IsWithoutStore(TestPage page) => ((int)page.Status, page.Title) == (503, "Please wait a little");

    public static async Task<FarmLogin> BeginAsync(FarmNode node)
    {
        var (browser, form) = await OpenAsync(node);
        var waiting = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));
        Assert.True(IsWaiting(waiting), waiting.Title + waiting.Notice + node.Output);
        return new FarmLogin(browser, waiting);
    }

    /// <summary>Opens the form in a new browser.</summary>
    public static async Task<(TestBrowser Browser, TestPage Form)> OpenAsync(FarmNode node)
    {
        var browser = new TestBrowser(Wire, node.Address);
        return (browser, await browser.OpenAsync("/signin/Ciba"));
    }

    /// <summary>Looks at the page, through another node, until the login has ended, as a browser without script does.</summary>
    /// <returns>The page: the application's own where the user is signed in.</returns>
    public async Task<TestPage> EndAsync(FarmNode node)
    {
        var page = await LookAsync(node);
        while (IsWaiting(page))
        {
            await Task.Delay(LookEach, TimeProvider.System);
            page = await LookAsync(node);
        }

        return page;
    }

    public Task<TestPage> LookAsync(FarmNode node) => _browser.OpenAsync(new Uri(node.Address, _waiting.Address.PathAndQuery).ToString());

    /// <summary>What the page's script asks.</summary>
    public Task<TestPage> AskStatusAsync(FarmNode node) => _browser.SendAsync(
        HttpMethod.Get, new Uri(node.Address, _waiting.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!).ToString(), accept: "application/json");
}
