using System.Text;
using SsoCibaMethod.Cli.Checks;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli.Tests.Checks;

/// <summary>What an OP's answer to a made-up <c>auth_req_id</c> says of the client.</summary>
public class ClientAnswerTests
{
    [Theory]
    [Trait("Spec", "C-67")]
    [InlineData(400, """{"error":"invalid_grant"}""", "poll", nameof(CheckOutcome.Ok))]
    [InlineData(400, """{"error":"expired_token"}""", "poll", nameof(CheckOutcome.Ok))]
    [InlineData(401, """{"error":"invalid_client"}""", "poll", nameof(CheckOutcome.Error))]
    [InlineData(400, """{"error":"invalid_client"}""", "push", nameof(CheckOutcome.Error))]
    [InlineData(401, "no JSON", "poll", nameof(CheckOutcome.Error))]
    [InlineData(400, """{"error":"unauthorized_client"}""", "poll", nameof(CheckOutcome.Error))]
    [InlineData(400, """{"error":"unauthorized_client"}""", "push", nameof(CheckOutcome.Ok))]
    [InlineData(401, """{"error":"unauthorized_client"}""", "push", nameof(CheckOutcome.Error))]
    [InlineData(400, """{"error":"unsupported_grant_type"}""", "ping", nameof(CheckOutcome.Error))]
    [InlineData(400, """{"error":"unsupported_grant_type"}""", "push", nameof(CheckOutcome.Warning))]
    [InlineData(400, """{"error":"invalid_dpop_proof"}""", "poll", nameof(CheckOutcome.Error))]
    [InlineData(400, """{"error":"invalid_request"}""", "poll", nameof(CheckOutcome.Warning))]
    [InlineData(503, "", "poll", nameof(CheckOutcome.Warning))]
    [InlineData(302, "", "poll", nameof(CheckOutcome.Warning))]
    [InlineData(200, "{}", "poll", nameof(CheckOutcome.Error))]
    public void It_is_accepted_refused_or_cannot_be_told(int status, string body, string mode, string outcome)
    {
        var answer = new BackchannelAnswer.Received(status, "application/json", Encoding.UTF8.GetBytes(body), RetryAfter: null);
        var client = new CibaClientSettings
        {
            ClientId = "client",
            Authentication = new ClientSecretBasic("secret"),
            TokenDeliveryMode = Enum.Parse<TokenDeliveryMode>(mode, ignoreCase: true),
        };

        Assert.Equal(outcome, ClientAnswer.Judge(answer, [], client).Outcome.ToString());
    }
}
