using System.Text.Json;
using SsoCibaMethod.Simulator;

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

    [Theory]
    [InlineData("posts", "client_secret_post")]
    [InlineData("signs", "client_secret_jwt")]
    [InlineData("signs", "client_secret_jwt --algorithm HS256")]
    public async Task The_secret_is_used_as_the_OP_registered_it(string client, string method)
    {
        op.Simulator.ApproveNextFor("alice");

        var run = await Terminal.RunAsync($"login --authority {op.Authority} --client-id {client} --client-authentication {method} -u alice", BySecret);

        Assert.Equal(ExitCodes.Approved, run.Code);
    }

    [Fact]
    public async Task The_whole_token_response_is_printed_where_it_is_asked_for()
    {
        op.Simulator.ApproveNextFor("alice");

        var run = await Terminal.RunAsync($"{Basics} -u alice --scope openid --scope offline_access --output tokens", BySecret);

        using var tokens = JsonDocument.Parse(run.Output);
        Assert.Equal(
            ["access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type"],
            tokens.RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Spec", "C-12")]
    public async Task Who_is_asked_may_stand_in_a_token_of_a_file()
    {
        op.Simulator.ApproveNextFor("alice");
        await File.WriteAllTextAsync(op.PathTo("hint.jwt"), op.Simulator.CreateLoginHintToken("alice") + "\n");

        var first = await Terminal.RunAsync($"{Basics} --login-hint-token-file {op.PathTo("hint.jwt")} -o tokens", BySecret);
        op.Simulator.ApproveNextFor("alice");
        await File.WriteAllTextAsync(op.PathTo("earlier.jwt"), Member(first.Output, "id_token"));
        var second = await Terminal.RunAsync($"{Basics} --id-token-hint-file {op.PathTo("earlier.jwt")} --acr loa3", BySecret);

        Assert.Equal((ExitCodes.Approved, ExitCodes.Approved), (first.Code, second.Code));
        Assert.Equal(
            [CibaSimulatorHint.LoginHintToken, CibaSimulatorHint.IdTokenHint],
            op.Simulator.Requests.TakeLast(2).Select(request => request.Hint));
        Assert.Equal(["loa3"], op.Simulator.Requests[^1].AcrValues);
    }

    [Fact]
    [Trait("Spec", "T-40")]
    public async Task A_self_signed_certificate_is_shown_as_any_other()
    {
        op.Simulator.ApproveNextFor("alice");

        var run = await Terminal.RunAsync(
            $"login --authority {op.TlsAuthority} --client-id certificate --client-authentication self_signed_tls_client_auth --certificate {op.PathTo("client.pfx")} --trust {op.PathTo("ca.pem")} -u alice");

        Assert.Equal(ExitCodes.Approved, run.Code);
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
    [InlineData("-u alice --client-authentication self_signed_tls_client_auth", "--certificate")]
    [InlineData("-u alice --sign-request", "--key")]
    [InlineData("-u alice --certificate no-such-file.pfx", "no-such-file.pfx")]
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
    [InlineData("--client-secret-file", "")]
    [InlineData("--trust", null)]
    [InlineData("--trust", "no certificate")]
    public async Task A_file_that_is_no_use_is_named_with_its_option(string option, string? content)
    {
        var path = op.PathTo(Guid.NewGuid().ToString("N"));
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content);
        }

        var run = await Terminal.RunAsync($"{Basics} -u alice {option} {path}", BySecret);

        Assert.Equal(ExitCodes.Settings, run.Code);
        Assert.Contains($"{option}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(path, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://op.example")]
    [InlineData("op.example")]
    public async Task An_authority_that_is_no_https_address_is_not_called(string authority)
    {
        var run = await Terminal.RunAsync($"login --authority {authority} --client-id terminal -u alice", BySecret);

        Assert.Equal(ExitCodes.Settings, run.Code);
        Assert.Contains("--authority: ", run.Error, StringComparison.Ordinal);
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
