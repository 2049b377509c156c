using System.Diagnostics;
using SsoCibaMethod.Cli.Tests.Checks;

namespace SsoCibaMethod.Cli.Tests;

/// <summary>The program as a shell starts it: a process of its own, both outputs in files.</summary>
public class ProgramTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    [Fact]
    public async Task Its_secret_comes_from_the_environment_and_its_code_goes_to_the_shell()
    {
        op.Simulator.ApproveNextFor("alice");

        var (code, output, error) = await RunAsync(
            ["login", "--authority", op.Authority, "--client-id", "terminal", "-u", "alice", "-o", "claims"], LoginOptions.SecretVariable, SimulatedOp.Secret);

        Assert.Equal(ExitCodes.Approved, code);
        Assert.StartsWith("{", output, StringComparison.Ordinal);
        Assert.Contains("Approved.", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error);
    }

    [Fact]
    public async Task The_environment_wins_over_the_file_it_checks()
    {
        using var config = CheckedConfig.Of([.. op.TerminalSettings.Where(setting => setting.Name != "ClientSecret")]);

        var (code, output, _) = await RunAsync(["check", config.Config], "Ciba__Methods__Bank__ClientSecret", SimulatedOp.Secret);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("Nothing to mend.", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments, string variable, string value)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(LoginOptions).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [variable] = value },
        })!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
