using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Methods;
using static SsoCibaMethod.Tests.Administration.AdministeredHost;

namespace SsoCibaMethod.Tests.Administration;

/// <summary>A bad edit keeps the last good state, and file, line, setting and cure are told: once in the log, and for as long as it lasts where a health check looks.</summary>
public class BadEditTests
{
    private const string Good = """
        {
          "Ciba": {
            "Defaults": { "Polling": { "Interval": "00:00:05" } },
            "Methods": {
              "Bank": {
                "Authority": "https://op.example/op",
                "ClientId": "app",
                "ClientSecret": "a-client-secret-that-is-long-enough-for-hs256"
              }
            }
          }
        }
        """;

    [Theory]
    [InlineData("\"00:00:05\"", "\"5\"", "Polling:Interval", 3, "write a duration")]
    [InlineData("\"ClientId\": \"app\",", "\"ClientIdd\": \"app\",", "ClientIdd", 7, "did you mean ClientId?")]
    [InlineData("\"ClientId\": \"app\",\n", "", "ClientId", 5, "ClientId is missing")]
    [InlineData("https://op.example/op", "http://op.example/op", "Authority", 6, "write an address")]
    public async Task A_setting_that_is_wrong(string from, string to, string setting, int line, string cure)
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        await host.WriteAsync(Good);
        var before = host.Catalog.Find("Bank");

        await host.WriteAsync(Good.Replace(from, to, StringComparison.Ordinal));

        var fault = Assert.Single(host.Catalog.Faults, fault => fault.Setting == setting);
        Assert.Equal((host.File, line, "Bank"), (fault.File, fault.Line, fault.Method));
        Assert.Contains(cure, fault.Problem, StringComparison.Ordinal);
        Assert.Same(before, host.Catalog.Find("Bank"));
        Assert.Single(host.Host.Log.Lines, each => each.Id.Name == "MethodFault" && each.Text.Contains($"{host.File}, line {line}: Method Bank: {setting}", StringComparison.Ordinal));

        await host.WriteAsync(Good);
        Assert.Empty(host.Catalog.Faults);
        Assert.True(host.Catalog.Find("Bank")!.IsOpen);
    }

    [Theory]
    [InlineData("\"app\",", "\"app\"", 8, "a missing quotation mark, comma or bracket")]
    [InlineData("\"ClientSecret\"", "\"ClientId\": \"twice\", \"ClientSecret\"", 8, "Ciba:Methods:Bank:ClientId stands there twice, for the first time in line 7")]
    public async Task A_file_that_cannot_be_read(string from, string to, int line, string cure)
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        await host.WriteAsync(Good);

        await host.WriteAsync(Good.Replace(from, to, StringComparison.Ordinal));

        var fault = Assert.Single(host.Catalog.Faults);
        Assert.Equal((host.File, line), (fault.File, fault.Line));
        Assert.Contains(cure, fault.Problem, StringComparison.Ordinal);
        Assert.Single(host.Host.Log.Lines, each => each.Id.Name == "SettingsFileFault");
        Assert.True(host.Catalog.Find("Bank")!.IsOpen);

        await host.WriteAsync(Good);
        Assert.Empty(host.Catalog.Faults);
    }

    [Fact]
    public async Task Switching_off_works_whatever_else_is_wrong()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        using var browser = host.Host.CreateBrowser();
        var waiting = await host.BeginAsync(browser, "Bank");

        await host.EditAsync(new() { ["Bank"] = Method("app", ("Enabled", JsonValue.Create(false)), ("Scope", new JsonArray("profile"))) });

        Assert.False(host.Catalog.Find("Bank")!.IsOpen);
        Assert.Equal("Scope", Assert.Single(host.Catalog.Faults).Setting);
        Assert.Equal("/me", (await host.ApproveAsync(browser, waiting)).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_new_method_must_not_take_the_page_or_the_name_of_another()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });

        await host.EditAsync(new() { ["Bank"] = Method(), ["Shop"] = Method("other", ("CallbackPath", "/signin-bank/shop")), ["Cookies"] = Method("other") });

        Assert.True(host.Catalog.Find("Bank")!.IsOpen);
        Assert.Equal(["Cookies", "Shop"], host.Catalog.Faults.Select(fault => fault.Method).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(host.Catalog.Faults, fault => fault.Problem.StartsWith("Method Cookies: the application has a scheme of this name already", StringComparison.Ordinal));
        Assert.All(["Cookies", "Shop"], name => Assert.False(host.Catalog.Find(name)!.IsOpen));

        // Mended by making room.
        await host.EditAsync(new() { ["Bank"] = Method("app", ("CallbackPath", "/at-the-bank")), ["Shop"] = Method("other", ("CallbackPath", "/signin-bank/shop")) });
        Assert.True(host.Catalog.Find("Shop")!.IsOpen);
        Assert.Empty(host.Catalog.Faults);
    }

    [Fact]
    public async Task A_text_that_is_wrong()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        var texts = host.Host.Services.GetRequiredService<MessageCatalog>();
        _ = texts.Cultures;

        host.WriteText("messages.fi.json", "{\n  \"LOGIN_CANCLE\": \"x\"\n}");
        await host.WriteAsync(Good);

        var fault = Assert.Single(texts.Faults);
        Assert.Equal(("LOGIN_CANCLE", 2), (fault.Setting, fault.Line));
        Assert.Equal("did you mean LOGIN_CANCEL?", fault.Cure?.TrimEnd('.'));
        Assert.Single(host.Host.Log.Lines, line => line.Id.Name == "MessageFault");

        host.WriteText("messages.fi.json", "{}");
        await host.WriteAsync(Good);
        Assert.Empty(texts.Faults);
    }

    [Fact]
    public async Task A_certificate_that_is_wrong_is_told_before_a_login_needs_it()
    {
        using var files = new KeyFiles();
        using var settings = MethodSettings.Bank(("ClientAuthentication:Certificate", files.WriteCertificate("client.pem")));
        Assert.True(settings.Method().IsOpen);

        _ = files.Write("client.pem", "no certificate");
        await Until.TrueAsync(() =>
        {
            settings.Catalog.LookAtCertificates();
            return settings.Catalog.Faults.Count > 0;
        });

        Assert.Equal("ClientAuthentication:Certificate", Assert.Single(settings.Catalog.Faults).Setting);
        Assert.True(settings.Method().IsOpen);
    }
}
