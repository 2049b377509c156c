using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

/// <summary>An OP that refuses the binding message gets the request once more with the code alone: the only request that is ever repeated by itself.</summary>
[Trait("Spec", "I-1")]
public sealed class BindingMessageTests : IDisposable
{
    private readonly ScriptedOp _op = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    public async Task A_refused_sentence_is_followed_by_the_code_alone_which_is_the_one_on_the_page()
    {
        _op.OnStart = start => start["binding_message"]!.Contains(' ', StringComparison.Ordinal) ? ScriptedOp.Error("invalid_binding_message") : ScriptedOp.Acknowledge("id-1");
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        var waiting = await host.BeginAsync(browser);

        Assert.Equal("Check your phone", waiting.Title);
        Assert.Equal([$"{waiting.Code} is your Event ID", waiting.Code], _op.Starts.Select(start => start["binding_message"]));
        Assert.Single(host.Log.Lines, line => line.Id.Name == "BindingMessageRefused");
    }

    [Fact]
    public async Task The_user_code_goes_with_the_code_alone_at_once()
    {
        _op.Metadata["backchannel_user_code_parameter_supported"] = true;
        _op.OnStart = start => start["binding_message"]!.Contains(' ', StringComparison.Ordinal) ? ScriptedOp.Error("invalid_binding_message")
            : start["user_code"] is null ? ScriptedOp.Error("missing_user_code")
            : ScriptedOp.Acknowledge("id-1");
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        var waiting = await browser.SubmitAsync(await host.BeginAsync(browser), "form[action*='/code']", ("user_code", "1234"));

        Assert.Equal("Check your phone", waiting.Title);
        Assert.Equal([$"{waiting.Code} is your Event ID", waiting.Code, waiting.Code], _op.Starts.Select(start => start["binding_message"]));
    }

    [Fact]
    [Trait("Spec", "S-25")]
    public async Task A_refused_code_is_the_operators_trouble_and_is_not_sent_again()
    {
        _op.OnStart = _ => ScriptedOp.Error("invalid_binding_message");
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        var failed = await host.BeginAsync(browser);

        Assert.Equal("That did not work", failed.Title);
        Assert.Equal(2, _op.Starts.Count);
        Assert.Contains(host.Log.Lines, line => line.Id.Name == "LoginFailed" && line.Text.Contains("invalid_binding_message", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing_user_code")]
    [InlineData("unknown_user_id")]
    [InlineData("access_denied")]
    [InlineData("server_error")]
    [InlineData("invalid_request")]
    [Trait("Spec", "S-25")]
    public async Task Nothing_else_is_sent_twice(string code)
    {
        _op.OnStart = _ => ScriptedOp.Error(code);
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();

        _ = await host.BeginAsync(browser);

        Assert.Single(_op.Starts);
    }

    [Fact]
    public async Task The_code_alone_may_be_set_from_the_start()
    {
        await using var host = await StartAsync(options => options.BindingMessage.CodeOnly = true);
        using var browser = host.CreateBrowser();
        var form = await browser.OpenAsync("/signin-ciba");

        var waiting = await browser.SubmitAsync(form, "form", ("login_hint", "alice"));

        Assert.Equal(waiting.Code, Assert.Single(_op.Starts)["binding_message"]);
        Assert.Equal(waiting.Code, form.Document.QuerySelector("#preview output")!.TextContent);
    }

    private async Task<CibaTestHost> StartAsync(Action<CibaOptions>? configure = null)
    {
        var host = await CibaTestHost.StartAsync(options =>
        {
            options.Authority = ScriptedOp.Issuer;
            options.BackchannelHttpHandler = _op;
            options.IdTokenSigningAlgorithms = ["ES256"];
            configure?.Invoke(options);
        });
        _op.Clock = host.Clock;
        return host;
    }
}
