using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Benchmarks.Whole;

/// <summary>One person's login through the page, from the challenge to the application's own page.</summary>
internal sealed class WholeLogin : IDisposable
{
    private static readonly SocketsHttpHandler Wire = new() { UseCookies = false, AllowAutoRedirect = false };

    private readonly WholeHost _host;
    private readonly TestBrowser _browser;
    private readonly TestPage _waiting;
    private readonly CibaSimulatorRequest _asked;

    private WholeLogin(WholeHost host, TestBrowser browser, TestPage waiting, CibaSimulatorRequest asked) =>
        (_host, _browser, _waiting, _asked) = (host, browser, waiting, asked);

    /// <summary>Begins one, up to the page that waits.</summary>
    public static async Task<WholeLogin> BeginAsync(WholeHost host)
    {
        var browser = new TestBrowser(Wire, host.Address);
        var waiting = await browser.SubmitAsync(await browser.OpenAsync("/me"), "form", ("login_hint", "alice"));
        var code = waiting.Code ?? throw new InvalidOperationException($"No page that waits: {waiting.Title} {waiting.Notice}");
        return new WholeLogin(host, browser, waiting, await host.Op.WaitForAsync(request => request.BindingMessage?.Contains(code, StringComparison.Ordinal) == true));
    }

    /// <summary>Lets the user approve, and the page sign in as soon as it hears of it.</summary>
    /// <returns>ms from the approval, which makes the OP call, to the last byte of the page that the sign-in leads to.</returns>
    public async Task<double> ApproveAsync()
    {
        var watch = _waiting.Document.QuerySelector("[data-watch]") ?? throw new InvalidOperationException($"No page that waits:\n{_waiting.Body}");
        var changed = _browser.SendAsync(HttpMethod.Get, $"{watch.GetAttribute("data-watch")}&seen={watch.GetAttribute("data-version")}", accept: "application/json");
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var approvedAt = TimeProvider.System.GetTimestamp();
        _ = _host.Op.Approve(_asked.AuthReqId);
        _ = await changed;
        var page = await _browser.OpenAsync(_waiting.Address.ToString());
        var took = TimeProvider.System.GetElapsedTime(approvedAt).TotalMilliseconds;
        return page.Address.AbsolutePath == "/me" && (int)page.Status == 200
            ? took
            : throw new InvalidOperationException($"Not signed in: {page.Status} {page.Address.AbsolutePath} {page.Title} {page.Notice}");
    }

    public void Dispose() => _browser.Dispose();
}
