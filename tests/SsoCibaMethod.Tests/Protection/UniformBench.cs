using System.Text.RegularExpressions;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>An application whose page tells nobody who has an account, and what its pages are without what is drawn at random.</summary>
internal sealed partial class UniformBench : IAsyncDisposable
{
    private UniformBench(CibaTestHost host, ScriptedOp op)
    {
        Host = host;
        Op = op;
    }

    public CibaTestHost Host { get; }

    public ScriptedOp Op { get; }

    public static async Task<UniformBench> StartAsync(Action<CibaOptions>? configure = null)
    {
        var op = new ScriptedOp();
        op.Metadata["backchannel_user_code_parameter_supported"] = true;
        op.OnStart = start => start["login_hint"] == "alice" ? ScriptedOp.Acknowledge("id-1", expiresIn: 120) : ScriptedOp.Error("unknown_user_id");
        var host = await CibaTestHost.StartAsync(options =>
        {
            options.Authority = ScriptedOp.Issuer;
            options.BackchannelHttpHandler = op;
            options.IdTokenSigningAlgorithms = ["ES256"];
            options.UniformOutcome = true;
            configure?.Invoke(options);
        });
        op.Clock = host.Clock;
        return new UniformBench(host, op);
    }

    /// <summary>Starts a login and waits until what the OP answered is on the record.</summary>
    public async Task<TestPage> BeginAsync(TestBrowser browser, string hint, string? userCode = null)
    {
        var form = await browser.OpenAsync("/me");
        var settled = Settled();
        var page = await browser.SubmitAsync(form, "form", [("login_hint", hint), .. userCode is null ? Array.Empty<(string, string)>() : [("user_code", userCode)]]);
        while (Settled() == settled)
        {
            await Task.Yield();
        }

        return page;
    }

    public static async Task<string> StatusAsync(TestBrowser browser, TestPage page) => (await browser.SendAsync(HttpMethod.Get, StatusAddress(page))).Body;

    public static string StatusAddress(TestPage page) => page.Document.QuerySelector("[data-watch]")!.GetAttribute("data-watch")!;

    public async Task AdvanceAsync(int seconds)
    {
        await Host.SettleAsync();
        for (var i = 0; i < seconds; i++)
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Host.SettleAsync();
        }
    }

    /// <summary>A page without its random parts and without the hint, headers and all.</summary>
    public static string Plain(TestPage page, string hint)
    {
        var code = page.Code ?? "no code";
        var text = $"{page.Status}\n{page.Headers}\n{page.Body}".Replace(string.Concat(code.Select(character => $"<i>{character}</i>")), "CODE", StringComparison.Ordinal);
        text = RandomParts().Replace(text, match => new string('?', match.Length));
        return text.Replace($"value=\"{hint}\"", "value=\"HINT\"", StringComparison.Ordinal).Replace($"{hint[0]}•••", "MASKED", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Op.Dispose();
    }

    // The attempt's number, protected fields and states, the code in groups and spelled out, and what the host's cookies hold.
    [GeneratedRegex("""(?<=a=)[a-z0-9]{8}|(?<=name="a" value=")[a-z0-9]{8}|CfDJ8[\w-]+|Q2ZES[\w-]+|(?<=aria-label=")[A-Z ]+(?=")|(?<=<i>)[A-Z](?=</i>)|(?<=Ciba\.[\w-]+\.)[\w.=-]+""", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RandomParts();

    private int Settled() => Host.Log.Lines.Count(line => line.Id.Name is "LoginAcknowledged" or "RefusalHidden" or "LoginFailed" or "LateOutcome");
}
