using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary><c>ciba check</c> as a person and a script meet it: what it writes, what it keeps to itself, its codes, its end.</summary>
public class CheckCommandTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    private (string Name, object? Value)[] Good => op.TerminalSettings;

    [Fact]
    public async Task A_wrong_secret_is_an_error_in_the_OPs_words_and_no_output_holds_a_secret()
    {
        using var config = CheckedConfig.Of([.. Good.Where(setting => setting.Name != "ClientSecret"), ("ClientSecret", "the-secret-that-is-wrong")]);

        var table = await config.RunAsync();
        var json = await config.RunAsync("--json");

        Assert.Equal((ExitCodes.Faults, ExitCodes.Faults), (table.Code, json.Code));
        Assert.Contains("ERROR    client     The OP refuses the client: invalid_client", table.Output, StringComparison.Ordinal);
        Assert.All([table.Output, table.Error, json.Output, json.Error], output => Assert.DoesNotContain("the-secret-that-is-wrong", output, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', table.Output);
    }

    [Fact]
    public async Task Warnings_count_only_where_they_are_wanted()
    {
        using var config = CheckedConfig.Of([.. Good, ("AcrValues", new[] { "unheard-of" })]);

        Assert.Equal((ExitCodes.Done, ExitCodes.Warnings), ((await config.RunAsync()).Code, (await config.RunAsync("--strict")).Code));
    }

    [Fact]
    public async Task The_JSON_has_its_documented_shape()
    {
        using var config = CheckedConfig.Of(Good);

        using var report = JsonDocument.Parse((await config.RunAsync("--json")).Output);

        var root = report.RootElement;
        Assert.Equal(["version", "outcome", "checks"], root.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, "ok"), (root.GetProperty("version").GetInt32(), root.GetProperty("outcome").GetString()));
        Assert.Equal([null, "Bank"], root.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("method").GetString()).Distinct());
        Assert.All(root.GetProperty("checks").EnumerateArray(), check => Assert.Equal(["method", "check", "outcome", "findings"], check.EnumerateObject().Select(member => member.Name)));
        Assert.All(
            root.GetProperty("checks").EnumerateArray().SelectMany(check => check.GetProperty("findings").EnumerateArray()),
            finding => Assert.Equal(["outcome", "seen", "cure"], finding.EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task One_method_of_many_is_checked_by_its_name()
    {
        using var config = new CheckedConfig("""{ "Ciba": { "Methods": { "Bank": { "Authority": "http://localhost:1" }, "Other": { "Enabled": "false" } } } }""");

        var one = await config.RunAsync("--method Bank");
        var none = await config.RunAsync("--method Bnk");

        Assert.DoesNotContain("Other", one.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Settings, ""), (none.Code, none.Output));
        Assert.Contains("Bank, Other", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_code_2()
    {
        using var config = CheckedConfig.Of(Good);

        Assert.Equal(ExitCodes.Settings, (await Terminal.RunAsync($"check {config.Resources}")).Code);
        Assert.Equal(ExitCodes.Settings, (await config.RunAsync($"--resources {config.Config}/none")).Code);
    }

    [Fact]
    public async Task Schemes_of_the_application_are_taken_for_granted_and_said_to_be()
    {
        using var config = CheckedConfig.Of([.. Good, ("SignInScheme", "Identity.Application")]);

        var settings = (await config.CheckAsync())["settings"];

        Assert.Equal("ok", settings.Outcome);
        Assert.Contains("Identity.Application", settings.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_way_is_no_scheme_of_the_application()
    {
        using var config = CheckedConfig.Of([.. Good, ("Page", new { OtherWays = new Dictionary<string, string> { ["With a password"] = "/password?to={returnUrl}", ["By mail"] = "Mail-2.0" } })]);

        var settings = (await config.CheckAsync())["settings"];

        Assert.Equal("ok", settings.Outcome);
        Assert.Contains("has the scheme Mail-2.0", settings.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_is_switched_off_is_checked_and_said_to_be()
    {
        using var config = CheckedConfig.Of([.. Good, ("Enabled", false)]);

        var report = await config.CheckAsync();

        Assert.Contains("switched off (Enabled)", report["settings"].Text, StringComparison.Ordinal);
        Assert.Equal("ok", report["client"].Outcome);
    }

    [Fact]
    public async Task Ctrl_C_stops_a_check_by_code_130()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var config = CheckedConfig.Of([("Authority", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"), .. Good[1..3]]);
        using var stop = new CancellationTokenSource();

        var running = config.RunAsync(cancellationToken: stop.Token);
        using var connection = await silent.AcceptTcpClientAsync();
        await stop.CancelAsync();

        Assert.Equal((ExitCodes.Cancelled, ""), ((await running).Code, (await running).Output));
    }

    [Fact]
    public async Task An_OP_that_never_answers_is_waited_for_ten_seconds_and_no_longer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var config = CheckedConfig.Of([("Authority", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"), .. Good[1..3]]);

        var report = await config.CheckAsync(new HurriedTime());

        Assert.Equal(("error", "skipped"), (report["metadata"].Outcome, report["tls"].Outcome));
        Assert.Contains("no answer within 10 s", report["metadata"].Text, StringComparison.Ordinal);
    }
}
