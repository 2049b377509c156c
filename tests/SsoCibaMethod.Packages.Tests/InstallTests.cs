using System.Diagnostics;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Packages.Tests;

/// <summary>The packages in a project of somebody who has nothing else of ours.</summary>
[Collection(nameof(Feed))]
public sealed class InstallTests(Feed feed)
{
    [Fact]
    public async Task A_new_web_project_signs_in_with_them()
    {
        _ = await Command.RunAsync(feed.Workplace, "dotnet", "new", "web", "-n", "Shop", "--no-restore");
        var folder = Path.Combine(feed.Workplace, "Shop");
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), WithSimulator(CodeOf("SsoCibaMethod")));
        _ = await Command.RunAsync(folder, "dotnet", "add", "package", "SsoCibaMethod");
        _ = await Command.RunAsync(folder, "dotnet", "add", "package", "SsoCibaMethod.PostgreSql");
        _ = await Command.RunAsync(folder, "dotnet", "add", "package", "SsoCibaMethod.Simulator");
        _ = await Command.RunAsync(folder, "dotnet", "build", "-warnaserror", "-o", "out");

        var address = Loopback.FreeAddress();
        using var process = await StartAsync(folder, address);
        try
        {
            using var wire = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
            using var browser = new TestBrowser(wire, address);
            var waiting = await browser.SubmitAsync(await browser.OpenAsync("/"), "form", ("login_hint", "alice"));
            Assert.Equal("Check your phone", waiting.Title);
            await ApproveAsync(wire, address);

            var page = waiting;
            await Until.TrueAsync(async () => (page = await browser.OpenAsync(waiting.Address.ToString())).Title is not ("Check your phone" or "Sending the request"));

            Assert.Equal("Hello Alice Aaltonen", page.Body);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task The_tool_is_installed_and_says_its_version()
    {
        var folder = Path.Combine(feed.Workplace, "tools");
        _ = await Command.RunAsync(feed.Workplace, "dotnet", "tool", "install", "SsoCibaMethod.Cli", "--tool-path", folder);

        Assert.StartsWith(Feed.Version, await Command.RunAsync(feed.Workplace, Path.Combine(folder, "ciba"), "--version"), StringComparison.Ordinal);
    }

    // What the package's own README tells to write.
    private static string CodeOf(string id) =>
        File.ReadAllText(Path.Combine(Feed.Repository, "src", id, "README.md")).Split("```csharp\n")[1].Split("```")[0];

    private static string WithSimulator(string program) => "using SsoCibaMethod.Simulator;\n" + program
        .Replace("var app =", """builder.Services.AddCibaSimulator(options => options.Clients.Add(new CibaSimulatorClient("shop") { Secret = "for-the-simulator-only" }));""" + "\nvar app =", StringComparison.Ordinal)
        .Replace("app.Run();", "app.MapCibaSimulator(\"/op\");\napp.Run();", StringComparison.Ordinal);

    private static async Task<Process> StartAsync(string folder, Uri address)
    {
        var start = Command.StartOf(folder, "dotnet", Path.Combine(folder, "out", "Shop.dll"));
        foreach (var (name, value) in new[]
        {
            ("urls", address.GetLeftPart(UriPartial.Authority)),
            ("Authentication:Schemes:Ciba:Authority", new Uri(address, "op").ToString()),
            ("Authentication:Schemes:Ciba:ClientId", "shop"),
            ("Authentication:Schemes:Ciba:ClientSecret", "for-the-simulator-only"),
            ("Authentication:Schemes:Ciba:Scope:0", "openid"),
            ("Authentication:Schemes:Ciba:Scope:1", "profile"),
        })
        {
            start.ArgumentList.Add($"--{name}={value}");
        }

        var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return process;
            }
        }

        throw new InvalidOperationException("The application has ended before it began.");
    }

    private static async Task ApproveAsync(HttpMessageHandler wire, Uri address)
    {
        using var phone = new TestBrowser(wire, new Uri(address, "op/phone?user=alice"));
        var (method, action, content) = TestBrowser.Form(await phone.OpenAsync(""), "form[action*=approve]", []);
        using var http = new HttpMessageInvoker(wire, disposeHandler: false);
        using var request = new HttpRequestMessage(method, action) { Content = content };
        request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await http.SendAsync(request, CancellationToken.None);
        Assert.True((int)answer.StatusCode < 400, $"The phone answered {answer.StatusCode}.");
    }
}
