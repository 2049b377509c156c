using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Pages;

/// <summary>A host draws the page around ours, with its own services; the login passes as ever.</summary>
public class LayoutTests
{
    [Theory]
    [InlineData("minimal")]
    [InlineData("MVC")]
    [InlineData("Blazor")]
    public async Task A_component_of_the_host_stands_around_the_page(string kind)
    {
        await using var host = await CibaTestHost.StartAsync(
            options => (options.Page.Layout, options.Page.Name) = (typeof(ShopLayout), "The Shop"),
            builder =>
            {
                HostKind.All[kind].Services(builder);
                builder.Services.AddScoped<ShopHours>();
            },
            HostKind.All[kind].Pipeline);
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser);

        Assert.Equal("The Shop · Ciba · Check your phone · waiting · en · False · / · open until nine", waiting.Document.QuerySelector("body > .shop > h2")!.TextContent);
        Assert.NotNull(waiting.Document.QuerySelector("body > .shop main[data-state=waiting]"));
        Assert.Single(waiting.Document.QuerySelectorAll("main"));
        Assert.Null(waiting.Document.QuerySelector(".brand"));
        await host.ApproveAsync(browser, waiting);
        Assert.Equal("Alice Aaltonen", (await browser.OpenAsync(waiting.Address.ToString())).Claims()["name"]);
    }

    [Fact]
    public async Task A_layout_that_throws_costs_its_looks_and_not_our_page()
    {
        await using var host = await CibaTestHost.StartAsync(options => options.Page.Layout = typeof(BrokenLayout));
        using var browser = host.CreateBrowser();

        var page = await browser.OpenAsync("/me");

        AssertIsOurs(page);
        Assert.Contains(host.Log.Lines, line => line.Id.Name == "PageSurprise");
    }

    [Fact]
    public async Task A_layout_that_throws_on_the_page_of_a_failure_does_not_take_that_page_away()
    {
        await using var host = await CibaTestHost.StartAsync(options => options.Page.Layout = typeof(UnfinishedLayout));
        using var browser = host.CreateBrowser();
        Assert.NotNull((await browser.OpenAsync("/me")).Document.QuerySelector("body > .unfinished"));
        host.Op.FailNextRequest("invalid_client");

        var page = await host.BeginAsync(browser);

        AssertIsOurs(page);
    }

    private static void AssertIsOurs(TestPage page)
    {
        Assert.Equal((HttpStatusCode.InternalServerError, "That did not work"), (page.Status, page.Title));
        Assert.NotNull(page.Document.QuerySelector("#notice .reference"));
        Assert.NotNull(page.Document.QuerySelector(".brand"));
    }

    private sealed class BrokenLayout : CibaPageLayout
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => throw new InvalidOperationException("The layout is broken.");
    }

    private sealed class UnfinishedLayout : CibaPageLayout
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            if (Page.State == "failed")
            {
                throw new InvalidOperationException("Nobody has drawn this one.");
            }

            builder.OpenElement(0, "div");
            builder.AddAttribute(1, "class", "unfinished");
            builder.AddContent(2, Body);
            builder.CloseElement();
        }
    }

    private sealed class ShopHours
    {
        public string Text => "open until nine";
    }

    private sealed class ShopLayout : CibaPageLayout
    {
        [Inject]
        public required ShopHours Hours { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "div");
            builder.AddAttribute(1, "class", "shop");
            builder.OpenElement(2, "h2");
            builder.AddContent(3, string.Join(" · ", Page.Name, Page.Scheme, Page.Title, Page.State, Page.Language, Page.IsRightToLeft, Page.Home, Hours.Text));
            builder.CloseElement();
            builder.AddContent(4, Body);
            builder.CloseElement();
        }
    }
}
