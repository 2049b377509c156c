using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-55 for the whole handler: an OP whose metadata does not fit closes the method with its cause; nobody's phone rings. Every single mismatch is in the client's own tests.</summary>
[Trait("Spec", "K-55")]
public class DiscoveryTests
{
    [Theory]
    [InlineData("issuer", "https://other.example", "issuer")]
    [InlineData("backchannel_authentication_endpoint", null, "backchannel_authentication_endpoint")]
    [InlineData("backchannel_authentication_endpoint", "http://op.example/backchannel", "https")]
    [InlineData("token_endpoint", "http://op.example/token", "https")]
    [InlineData("backchannel_token_delivery_modes_supported", "push", "poll")]
    public async Task Metadata_that_does_not_fit_close_the_method_and_the_log_says_why(string member, string? value, string named)
    {
        await using var run = await CaseHost.StartAsync(op =>
        {
            _ = op.Metadata.Remove(member);
            if (value is not null)
            {
                op.Metadata[member] = value == "push" ? new JsonArray(value) : value;
            }
        });
        await run.Host.UntilAsync(() => run.Host.Log.Lines.Any(line => line.Id.Name == "MetadataMismatch"));

        var page = await run.Host.Browser.OpenAsync("/me");

        Assert.Equal("This way of signing in is switched off at the moment.", page.Notice);
        Assert.Contains(named, run.Host.Log.Lines.First(line => line.Id.Name == "MetadataMismatch").Text, StringComparison.Ordinal);
        Assert.Equal(0, run.Op.Count("/backchannel"));
    }
}
