using System.Text.Json;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>One person in front of one browser, on the way to a sign-in.</summary>
internal sealed class UserLogin : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private UserLogin(TestBrowser browser, TestPage page)
    {
        Browser = browser;
        Page = page;
    }

    public TestBrowser Browser { get; }

    /// <summary>What the browser shows.</summary>
    public TestPage Page { get; private set; }

    /// <summary>Whether the host knows this browser's user.</summary>
    public bool IsSignedIn => Page is { Address.AbsolutePath: "/me", Body: "signed in" };

    public string? Hint => Page.Value("#login_hint");

    /// <summary>Chooses a method, types a hint and sends it.</summary>
    public static async Task<UserLogin> BeginAsync(CibaHost host, string hint, string scheme = "app")
    {
        var browser = host.CreateBrowser();
        var login = new UserLogin(browser, await browser.OpenAsync($"/signin/{scheme}"));
        await login.SendAsync(("login_hint", hint));
        return login;
    }

    /// <summary>Fills in the page's own form and sends it.</summary>
    public async Task SendAsync(params (string Name, string Value)[] fields)
    {
        Page = await Browser.SubmitAsync(Page, "form", fields);
        if (Page.Title == Texts.Of("SENDING_TITLE"))
        {
            // The machine is busy, and the page did not wait for the OP.
            await WatchAsync("sending");
        }
    }

    public async Task CancelAsync() => Page = await Browser.SubmitAsync(Page, "form[action*='/cancel']");

    public async Task OpenAsync(string address) => Page = await Browser.OpenAsync(address);

    /// <summary>Watches as the page's script does until the wait is over, then goes where the script goes.</summary>
    /// <returns>The state that ended the wait.</returns>
    public Task<string> EndAsync() => WatchAsync("sending", "waiting");

    public void Dispose() => Browser.Dispose();

    private async Task<string> WatchAsync(params string[] states)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var watch = Page.Document.QuerySelector("[data-watch]") ?? throw new InvalidOperationException($"This page does not wait:\n{Page.Body}");
        var seen = watch.GetAttribute("data-version");
        while (true)
        {
            var answer = await Browser.SendAsync(HttpMethod.Get, $"{watch.GetAttribute("data-watch")}&seen={seen}", accept: "application/json");
            using var status = JsonDocument.Parse(answer.Body);
            var state = status.RootElement.GetProperty("state").GetString()!;
            if (!states.Contains(state, StringComparer.Ordinal))
            {
                await OpenAsync(watch.GetAttribute("data-page")!);
                return state;
            }

            seen = status.RootElement.GetProperty("version").GetRawText();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
