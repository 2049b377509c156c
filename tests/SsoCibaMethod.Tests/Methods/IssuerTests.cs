using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Methods;

/// <summary>Who the OP is where the settings do not say it.</summary>
public class IssuerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_known_from_the_metadata_on_and_stays_so_while_they_are_at_odds_with_the_settings(bool wasAskedFor)
    {
        using var op = new ScriptedOp();
        var clock = new ManualTimeProvider();
        var options = new CibaOptions
        {
            MetadataAddress = $"{ScriptedOp.Issuer}/.well-known/openid-configuration?v=1",
            ClientId = "app",
            ClientSecret = "secret",
            IdTokenSigningAlgorithms = ["ES256"],
            BackchannelHttpHandler = op,
        };
        var method = CibaMethod.Create("Bank", options, clock, NullLogger.Instance);
        Assert.Null(method.Issuer);
        Assert.Null(method.HasFingerprint(1));

        var fingerprint = ClientFingerprint.Of(ScriptedOp.Issuer, "app");
        if (wasAskedFor)
        {
            Assert.Null(await method.LearnIssuerAsync(default));
            Assert.Equal((ScriptedOp.Issuer, fingerprint), (method.Issuer, method.ClientFingerprint));
        }
        else
        {
            Assert.IsType<ProviderMetadataResult.Usable>(await method.Client.Provider.GetAsync());
        }

        op.Metadata["id_token_signing_alg_values_supported"] = new JsonArray("RS256");
        await Until.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromHours(1));
            return await method.Client.Provider.GetAsync() is ProviderMetadataResult.Mismatch;
        });

        Assert.Equal((ScriptedOp.Issuer, true), (method.Issuer, method.HasFingerprint(fingerprint)));
        Assert.Equal(ScriptedOp.Issuer, method.Retire().Issuer);
    }
}
