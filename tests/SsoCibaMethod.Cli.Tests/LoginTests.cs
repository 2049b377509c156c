using System.Text.Json;

namespace SsoCibaMethod.Cli.Tests;

/// <summary><c>ciba login</c> against the simulator over real sockets.</summary>
public class LoginTests(SimulatedOp op) : IClassFixture<SimulatedOp>
{
    private static readonly Dictionary<string, string> BySecret = new(StringComparer.Ordinal) { [LoginOptions.SecretVariable] = SimulatedOp.Secret };

    private string Basics => $"login --authority {op.Authority} --client-id terminal";

    [Fact]
    public async Task An_approval_is_code_0_and_nothing_is_printed_unless_asked_for()
    {
        op.Simulator.ApproveNextFor("alice");

        var run = await Terminal.RunAsync($"{Basics} -u alice", BySecret);

        Assert.Equal((ExitCodes.Approved, ""), (run.Code, run.Output));
        Assert.Contains("Approved.", run.Error, StringComparison.Ordinal);
        Assert.Contains(op.Simulator.Requests[^1].BindingMessage!, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_claims_are_printed_as_json_and_nothing_beside_them()
    {
        op.Simulator.ApproveNextFor("alice");

        var run = await Terminal.RunAsync($"{Basics} -u alice --scope profile --output claims --quiet", BySecret);

        using var claims = JsonDocument.Parse(run.Output);
        Assert.Equal("Alice Aaltonen", claims.RootElement.GetProperty("name").GetString());
        Assert.Equal("", run.Error);
    }

    [Theory]
    [Trait("Spec", "U-92")]
    [Trait("Spec", "T-40")]
    [InlineData("client.pfx")]
    [InlineData("client.pem")]
    public async Task The_tutorials_client_authenticates_by_its_certificate_and_trusts_the_OPs_own_authority(string file)
    {
        op.Simulator.ApproveNextFor("alice");

        var run = await Terminal.RunAsync(
            $"login --authority {op.TlsAuthority} --client-id certificate --certificate {op.PathTo(file)} --trust {op.PathTo("ca.pem")} -u alice --requested-expiry 200 -o tokens");

        Assert.Equal((ExitCodes.Approved, "Bearer"), (run.Code, Member(run.Output, "token_type")));
    }

    [Fact]
    [Trait("Spec", "C-30")]
    [Trait("Spec", "T-60")]
    public async Task A_key_authenticates_signs_the_request_and_another_binds_the_token()
    {
        op.Simulator.ApproveNextFor("alice");

        var run = await Terminal.RunAsync(
            $"login --authority {op.Authority} --client-id keys --key {op.PathTo("client-key.pem")} --sign-request --dpop -u alice -o tokens");

        Assert.Equal((ExitCodes.Approved, "DPoP"), (run.Code, Member(run.Output, "token_type")));
    }

    [Fact]
    public async Task An_OP_whose_authority_is_not_trusted_is_not_reached()
    {
        var run = await Terminal.RunAsync($"login --authority {op.TlsAuthority} --client-id certificate --certificate {op.PathTo("client.pfx")} -u alice");

        Assert.Equal(ExitCodes.Unavailable, run.Code);
    }

    [Fact]
    public async Task What_the_user_the_time_and_the_OP_say_has_a_code_each()
    {
        op.Simulator.DeclineNextFor("alice");
        var declined = await Terminal.RunAsync($"{Basics} -u alice", BySecret);
        op.Simulator.ExpireNextFor("alice");
        var expired = await Terminal.RunAsync($"{Basics} -u alice", BySecret);
        var refused = await Terminal.RunAsync($"{Basics} -u nobody-of-this-name", BySecret);
        var unreachable = await Terminal.RunAsync("login --authority http://localhost:1/op --client-id terminal -u alice", BySecret);

        Assert.Equal(
            (ExitCodes.Declined, ExitCodes.Expired, ExitCodes.Refused, ExitCodes.Unavailable),
            (declined.Code, expired.Code, refused.Code, unreachable.Code));
        Assert.Contains("unknown_user_id", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody-of-this-name", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "T-4")]
    public async Task An_ID_token_that_is_not_valid_is_code_6_and_is_not_printed()
    {
        op.Simulator.ApproveNextFor("alice");

        // The simulator signs with RS256, and this client expects ES256.
        var run = await Terminal.RunAsync($"{Basics} -u alice --id-token-algorithm ES256 --output tokens", BySecret);

        Assert.Equal("", run.Output);
        Assert.Equal(ExitCodes.Invalid, run.Code);
    }

    [Theory]
    [InlineData("-u alice", "--client-secret-file")]
    [InlineData("-u alice --client-authentication private_key_jwt", "--key")]
    [InlineData("-u alice --client-authentication tls_client_auth", "--certificate")]
    [InlineData("-u alice --key no-such-file.pem", "no-such-file.pem")]
    [InlineData("-u alice --client-secret-file no-such-file", "no-such-file")]
    [InlineData("", "--login-hint")]
    [InlineData("-u alice --id-token-hint-file token.txt", "exactly one")]
    [InlineData("-u alice --requested-expiry 0", "--requested-expiry")]
    public async Task A_mistake_names_the_option_and_asks_nobody(string arguments, string named)
    {
        var before = op.Simulator.Requests.Count;

        var run = await Terminal.RunAsync($"{Basics} {arguments}");

        Assert.Equal((ExitCodes.Settings, before), (run.Code, op.Simulator.Requests.Count));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-u alice --client-authentication client_secret_jwt", "secret")]
    [InlineData("-u alice --id-token-algorithm EdDSA", "EdDSA")]
    public async Task What_the_client_itself_refuses_is_a_mistake_too_and_no_crash(string arguments, string named)
    {
        var before = op.Simulator.Requests.Count;

        var run = await Terminal.RunAsync($"{Basics} {arguments}", new Dictionary<string, string>(StringComparer.Ordinal) { [LoginOptions.SecretVariable] = "short" });

        Assert.Equal((ExitCodes.Settings, before), (run.Code, op.Simulator.Requests.Count));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_that_does_not_exist_is_code_1()
    {
        var run = await Terminal.RunAsync($"{Basics} -u alice --no-certificate-check", BySecret);

        Assert.Equal(ExitCodes.Usage, run.Code);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_waiting_by_code_130()
    {
        using var stop = new CancellationTokenSource();
        var running = Terminal.RunAsync($"{Basics} -u alice", BySecret, cancellationToken: stop.Token);
        _ = await op.Simulator.WaitForAsync(request => request.BindingMessage is not null && request.LoginHint == "alice");
        await stop.CancelAsync();

        Assert.Equal(ExitCodes.Cancelled, (await running).Code);
    }

    private static string? Member(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString();
    }
}
