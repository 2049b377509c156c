using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

/// <summary>An administrator edits <c>config/ciba.json</c> while the host runs; it is looked at every two seconds.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ciba-").FullName;
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_good_edit_takes_effect_within_seconds()
    {
        Write(Method("The bank"));
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        Assert.Equal("The bank", Brand(await browser.OpenAsync("/signin-ciba")));

        Edit(Method("The new bank"));

        Assert.Equal("The new bank", Brand(await browser.OpenAsync("/signin-ciba")));
        Assert.Equal("/me", (await host.SignInAsync(browser)).Address.PathAndQuery);
    }

    [Theory]
    [InlineData("{ \"Ciba\": ", "cannot be read")]
    [InlineData("", "cannot be read")]
    [InlineData("""{ "Ciba": { "Methods": { "Ciba": { "Authority": "http://op.example", "ClientId": "app" } } } }""", "Authority is")]
    [InlineData("""{ "Ciba": { "Methods": { "Ciba": { "Authoritty": "https://op.example/op", "ClientId": "app" } } } }""", "did you mean Authority")]
    [InlineData("""{ "Ciba": { "Methods": { "Ciba": { "Polling": { "Interval": 5 } } } } }""", "Polling:Interval")]
    [InlineData(null, "cannot be read")]
    public async Task A_bad_edit_is_named_in_the_log_and_does_no_harm(string? content, string named)
    {
        Write(Method("The bank"));
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        Edit(content);

        Assert.Contains(named, host.Log.Text, StringComparison.Ordinal);
        using var other = host.CreateBrowser();
        Assert.Equal("home", (await other.OpenAsync("/")).Body);
        Assert.Equal("The bank", Brand(await other.OpenAsync("/signin-ciba")));
        await host.ApproveAsync(browser, waiting);
        Assert.Equal("/me", (await browser.OpenAsync(waiting.Address.ToString())).Address.PathAndQuery);
    }

    [Fact]
    public async Task A_listener_of_the_host_that_cannot_bear_an_edit_harms_nobody()
    {
        Write(Method("The bank"));
        await using var host = await StartAsync();
        using var listener = ChangeToken.OnChange(
            ((IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>()).GetReloadToken, () => throw new InvalidOperationException("Cannot bear it."));

        Edit(Method("The new bank"));

        Assert.Contains("Cannot bear it.", host.Log.Text, StringComparison.Ordinal);
        using var browser = host.CreateBrowser();
        Assert.Equal("The new bank", Brand(await browser.OpenAsync("/signin-ciba")));
    }

    [Fact]
    public async Task A_reload_by_the_host_keeps_what_was_good_too()
    {
        Write(Method("The bank"));
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        Write("{ \"Ciba\": ");
        ((IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>()).Reload();

        Assert.Equal("The bank", Brand(await browser.OpenAsync("/signin-ciba")));
        Assert.Contains("cannot be read", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_stops_the_start_with_its_name_and_line()
    {
        Write("{\n\"Ciba\": oops }");

        var stopped = await Assert.ThrowsAsync<InvalidDataException>(StartAsync);
        Assert.Contains("ciba.json, line 2: The file cannot be read", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_method_is_switched_off_alone_and_says_so()
    {
        Write("""
            { "Ciba": { "Methods": {
              "Ciba": { "Authority": "https://op.example/op", "ClientId": "app", "ClientSecret": "SECRET" },
              "Other": { "Authority": "not an address", "ClientId": "app", "ClientSecret": "SECRET" } } } }
            """.Replace("SECRET", CibaTestHost.Secret, StringComparison.Ordinal));
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        var off = await browser.OpenAsync("/signin-other");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, off.Status);
        Assert.Equal("This way of signing in is switched off at the moment.", off.Notice);
        Assert.Contains("Method Other: Authority is \"not an address\"", host.Log.Text, StringComparison.Ordinal);
        Assert.Equal("/me", (await host.SignInAsync(browser)).Address.PathAndQuery);
    }

    [Fact]
    public async Task Faults_in_code_stop_the_start_with_all_of_them_named()
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => CibaTestHost.StartAsync(options =>
        {
            options.Authority = "http://op.example";
            options.ClientId = "";
            options.ClientSecret = null;
            options.Scope = ["profile"];
            options.Polling.Interval = TimeSpan.FromSeconds(1);
            options.SignInScheme = "Nobody";
            options.Backchannel = new HttpClient(new Wire());
        }));

        foreach (var setting in new[] { "Authority", "ClientId", "ClientSecret", "Scope", "Polling:Interval", "SignInScheme", "Backchannel" })
        {
            Assert.Contains($"Method Ciba: {setting}", stopped.Message, StringComparison.Ordinal);
        }
    }

    private static string Method(string name) => new JsonObject
    {
        ["Ciba"] = new JsonObject
        {
            ["Methods"] = new JsonObject
            {
                ["Ciba"] = new JsonObject { ["DisplayName"] = name, ["Authority"] = "https://op.example/op", ["ClientId"] = "app", ["ClientSecret"] = CibaTestHost.Secret },
            },
        },
    }.ToJsonString();

    private static string? Brand(TestPage page) => page.Document.QuerySelector(".brand")?.TextContent.Trim();

    private Task<CibaTestHost> StartAsync() => CibaTestHost.StartAsync(register: (builder, settings) =>
    {
        builder.Configuration["Ciba:ConfigDirectory"] = _directory;
        builder.AddCibaConfiguration(_clock);
        var wired = new CibaOptions();
        settings(wired);
        builder.Services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = ("Cookies", "Ciba"))
            .AddCookie()
            .AddCibaMethods(builder.Configuration.GetSection("Ciba:Methods"));
        builder.Services.ConfigureAll<CibaOptions>(options => options.BackchannelHttpHandler = wired.BackchannelHttpHandler);
    });

    private void Write(string content) => File.WriteAllText(Path.Combine(_directory, "ciba.json"), content);

    private void Edit(string? content)
    {
        if (content is null)
        {
            File.Delete(Path.Combine(_directory, "ciba.json"));
        }
        else
        {
            Write(content);
        }

        _clock.Advance(TimeSpan.FromSeconds(2));
    }
}
