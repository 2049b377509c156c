using System.Text.Json;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The OP finds nothing in what is right.</summary>
public class RightRequestTests
{
    [Theory]
    [InlineData("plain_fapi poll private_key_jwt")]
    [InlineData("plain_fapi poll mtls")]
    [InlineData("plain_fapi ping private_key_jwt")]
    [InlineData("plain_fapi ping mtls")]
    public async Task A_right_client_leaves_no_finding(string variant)
    {
        var client = new HandMade(variant);

        var acknowledgement = JsonDocument.Parse((await client.AuthenticateAsync()).Body).RootElement;
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            client.Clock.Advance(TimeSpan.FromSeconds(5));
            statuses.Add((await client.PollAsync(acknowledgement.GetProperty("auth_req_id").GetString()!)).Status);
        }

        Assert.Empty(client.Op.Findings.All);
        Assert.Equal([400, 400, 200], statuses);
    }

    [Fact]
    [Trait("Spec", "K-4")]
    public async Task The_lifetime_is_the_one_asked_for_else_300_seconds()
    {
        var client = new HandMade("plain_fapi poll mtls") { RequestObject = (_, claims) => claims["requested_expiry"] = "120" };

        Assert.Contains("\"expires_in\":120", (await client.AuthenticateAsync()).Body, StringComparison.Ordinal);
        client.RequestObject = null;
        Assert.Contains("\"expires_in\":300", (await client.AuthenticateAsync()).Body, StringComparison.Ordinal);
        Assert.Empty(client.Op.Findings.All);
    }
}
