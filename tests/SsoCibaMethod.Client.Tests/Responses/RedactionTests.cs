using System.Text;
using System.Text.Json;

namespace SsoCibaMethod.Client.Tests;

/// <summary>An OP may repeat what it was sent; none of it reaches an error that somebody logs (C-110, S-52).</summary>
[Trait("Spec", "S-52")]
public sealed class RedactionTests : IDisposable
{
    private const string Hint = "+358 40 123 4567/é";
    private const string UserCode = "s3cret-PIN";

    private readonly Stage _stage = new();

    [Theory]
    [InlineData($"user {Hint} is unknown", Hint)]
    [InlineData("user +358 40 123 4567/É is unknown", "123 4567")]
    [InlineData("login_hint=%2B358%2040%20123%204567%2F%C3%A9", "4567")]
    [InlineData($"the code {UserCode} is wrong", UserCode)]
    [InlineData("the code S3CRET-pin is wrong", "3CRET")]
    [InlineData($"secret {TestKeys.Secret} refused", TestKeys.Secret)]
    public async Task What_was_sent_is_taken_out_of_a_description(string description, string canary)
    {
        _stage.Op.Metadata["backchannel_user_code_parameter_supported"] = true;
        var body = JsonSerializer.Serialize(new { error = "invalid_request", error_description = description });
        _stage.Op.Backchannel = (_, _) => Task.FromResult(FakeOp.Json(400, body));

        var answer = await _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = Hint, UserCode = UserCode });

        var error = Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error;
        Assert.DoesNotContain(canary, error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("***", error.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ticket_and_each_credential_are_taken_out_of_the_answer_to_a_poll()
    {
        foreach (var authentication in Authentications.All)
        {
            using var stage = new Stage { Authentication = authentication };
            stage.Op.Token = (exchange, _) => Task.FromResult(FakeOp.Json(
                400, JsonSerializer.Serialize(new { error = exchange.Body, error_description = $"{exchange.Headers} {exchange.Form["auth_req_id"]} {exchange.Body} {TestKeys.Secret}" })));

            var error = Assert.IsType<TokenResponse.Refused>(await stage.Client.PollAsync(TestToken.AuthReqId)).Error;

            var sent = stage.Op.Last;
            foreach (var canary in new[] { TestToken.AuthReqId, TestKeys.Secret, sent.Form.GetValueOrDefault("client_assertion", "@"), Basic(sent) })
            {
                Assert.DoesNotContain(canary, $"{error} {error.Name}", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_short_value_inside_a_long_one_uncovers_nothing_of_it()
    {
        _stage.Op.Metadata["backchannel_user_code_parameter_supported"] = true;
        _stage.Op.Backchannel = (_, _) => Task.FromResult(FakeOp.Json(400, """{"error":"x","error_description":"code of user-40-secret"}"""));

        var answer = await _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "40", UserCode = "user-40-secret" });

        Assert.Equal("x (code of ***)", Assert.IsType<BackchannelAuthenticationResponse.Refused>(answer).Error.ToString());
    }

    [Fact]
    [Trait("Spec", "C-110")]
    public async Task A_description_is_cut_and_made_printable()
    {
        var body = JsonSerializer.Serialize(new { error = new string('e', 500) + "\n", error_description = "a\r\nforged log line\u001b[31m\u202e" + new string('d', 500) });

        var error = Assert.IsType<TokenResponse.Refused>(await _stage.PollAsync(FakeOp.Json(400, body))).Error;

        Assert.Equal((64, 200), (error.Name.Length, error.Description!.Length));
        Assert.StartsWith("a??forged log line?[31m?d", error.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"access_denied","error_description":"\ud800"}""")]
    [InlineData("""{"error":"access_denied","error_description":{"a":1}}""")]
    [InlineData("""{"error":"access_denied","error_description":null}""")]
    [InlineData("""{"error":"access_denied","error_uri":"https://op.example/help"}""")]
    public async Task An_unfit_description_takes_nothing_from_the_code(string body)
    {
        var error = Assert.IsType<TokenResponse.Refused>(await _stage.PollAsync(FakeOp.Json(400, body))).Error;

        Assert.Equal((CibaErrorCode.AccessDenied, null, "access_denied"), (error.Code, error.Description, error.ToString()));
    }

    [Theory]
    [InlineData("""{"error":"\ud800"}""")]
    [InlineData("""{"error":7}""")]
    [InlineData("""{"error":["access_denied"]}""")]
    public async Task An_error_that_is_no_text_is_unknown(string body) =>
        Assert.Equal(CibaErrorCode.Unknown, Assert.IsType<TokenResponse.Refused>(await _stage.PollAsync(FakeOp.Json(400, body))).Error.Code);

    public void Dispose() => _stage.Dispose();

    private static string Basic(FakeOp.Exchange exchange) =>
        exchange.Headers.Contains("Basic ", StringComparison.Ordinal) ? Convert.ToBase64String(Encoding.ASCII.GetBytes($"{TestToken.ClientId}:{TestKeys.Secret}")) : "@";
}
