using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace SsoCibaMethod.Testing;

/// <summary>A browser without script: keeps cookies, follows redirects, reads pages and sends their forms.</summary>
public sealed class TestBrowser : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpMessageInvoker _http;
    private readonly List<string> _received = [];

    /// <summary>Creates a browser.</summary>
    /// <param name="handler">What carries its requests, for example that of a test server.</param>
    /// <param name="address">Where relative addresses begin.</param>
    public TestBrowser(HttpMessageHandler handler, Uri address)
    {
        _http = new HttpMessageInvoker(handler, disposeHandler: false);
        Address = address;
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>What the address bar shows.</summary>
    public Uri Address { get; private set; }

    public string AcceptLanguage { get; set; } = "en";

    public string UserAgent { get; set; } = "TestBrowser";

    /// <summary>Everything that came from the server, headers and bodies, for tests that look for what must not be there.</summary>
    public IReadOnlyCollection<string> Received => _received;

    /// <summary>Opens an address and follows redirects.</summary>
    public async Task<TestPage> OpenAsync(string address, string accept = "text/html") =>
        await FollowAsync(await SendAsync(HttpMethod.Get, new Uri(Address, address), null, accept), accept);

    /// <summary>One request, no redirect followed.</summary>
    public async Task<TestPage> SendAsync(HttpMethod method, string address, HttpContent? content = null, string accept = "text/html") =>
        await SendAsync(method, new Uri(Address, address), content, accept);

    /// <summary>Fills in a form of the page and sends it, as a press of its button does.</summary>
    public async Task<TestPage> SubmitAsync(TestPage page, string formSelector = "form", params (string Name, string Value)[] fields)
    {
        var (method, address, content) = Form(page, formSelector, fields);
        return await FollowAsync(await SendAsync(method, address, content, "text/html"), "text/html");
    }

    /// <summary>What a press of a form's button would send.</summary>
    public static (HttpMethod Method, Uri Address, FormUrlEncodedContent Content) Form(TestPage page, string formSelector, params (string Name, string Value)[] fields)
    {
        var form = page.Document.QuerySelector(formSelector) as IHtmlFormElement ?? throw new InvalidOperationException($"No form {formSelector} in:\n{page.Body}");
        var values = form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>()
            .Where(input => input.Type != "checkbox" || input.IsChecked).ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        return (HttpMethod.Parse(form.Method), new Uri(page.Address, form.GetAttribute("action") ?? ""), new FormUrlEncodedContent(values));
    }

    public void Dispose() => _http.Dispose();

    private async Task<TestPage> FollowAsync(TestPage page, string accept)
    {
        for (var i = 0; page.RedirectsTo is { } location; i++)
        {
            if (i == MostRedirects)
            {
                throw new InvalidOperationException($"More than {MostRedirects} redirects, the last to {location}.");
            }

            page = await SendAsync(HttpMethod.Get, location, null, accept);
        }

        return page;
    }

    private async Task<TestPage> SendAsync(HttpMethod method, Uri address, HttpContent? content, string accept)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("Accept", accept);
        request.Headers.Add("Accept-Language", AcceptLanguage);
        request.Headers.Add("User-Agent", UserAgent);
        if (Cookies.GetCookieHeader(address) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        using var response = await _http.SendAsync(request, CancellationToken.None);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            Cookies.SetCookies(address, cookie);
        }

        Address = address;
        var body = await response.Content.ReadAsStringAsync();
        _received.Add($"{address}\n{response.Headers}{response.Content.Headers}\n{body}");
        var location = (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } target ? new Uri(address, target) : null;
        return new TestPage(address, response.StatusCode, response.Headers.ToString() + response.Content.Headers, body, location);
    }
}

/// <summary>An answer as a browser sees it.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Its headers, as text.</param>
/// <param name="Body">Its body.</param>
/// <param name="RedirectsTo">Where it sends the browser.</param>
public sealed record TestPage(Uri Address, HttpStatusCode Status, string Headers, string Body, Uri? RedirectsTo)
{
    private IHtmlDocument? _document;

    public IHtmlDocument Document => _document ??= new HtmlParser().ParseDocument(Body);

    public string? Title => Document.QuerySelector("h1")?.TextContent;

    public string? Notice => Document.QuerySelector("#notice")?.TextContent.Trim();

    public string? Code => Document.QuerySelector("main .code output")?.TextContent;

    public string? Value(string selector) => (Document.QuerySelector(selector) as IHtmlInputElement)?.Value;
}
