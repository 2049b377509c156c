using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class MetadataTests
{
    private const string Discovery = "/op/.well-known/openid-configuration";

    [Theory]
    [Trait("Spec", "C-1")]
    [InlineData(null)]
    [InlineData("/base")]
    public async Task The_issuer_is_where_the_simulator_is_found(string? pathBase)
    {
        using var op = new SimulatorHost(pathBase: pathBase);

        var metadata = await GetAsync(op, pathBase + Discovery);

        var issuer = $"http://localhost{pathBase}/op";
        Assert.Equal(issuer, metadata.GetProperty("issuer").GetString());
        Assert.Equal($"{issuer}/jwks", metadata.GetProperty("jwks_uri").GetString());
        Assert.Equal($"{issuer}/token", metadata.GetProperty("token_endpoint").GetString());
        Assert.Equal($"{issuer}/bc-authorize", metadata.GetProperty("backchannel_authentication_endpoint").GetString());
        Assert.False(metadata.TryGetProperty("authorization_endpoint", out _));
    }

    [Fact]
    [Trait("Spec", "T-1")]
    public async Task The_issuer_can_be_set()
    {
        using var op = new SimulatorHost(options => options.Issuer = "https://op.example");

        Assert.Equal("https://op.example", (await GetAsync(op, Discovery)).GetProperty("issuer").GetString());
    }

    [Fact]
    [Trait("Spec", "C-1")]
    [Trait("Spec", "C-2")]
    [Trait("Spec", "C-3")]
    public async Task The_metadata_say_what_the_simulator_can_do()
    {
        using var op = new SimulatorHost();

        var metadata = await GetAsync(op, Discovery);

        Assert.Equal(["poll", "ping", "push"], List(metadata, "backchannel_token_delivery_modes_supported"));
        Assert.Equal(["urn:openid:params:grant-type:ciba", "refresh_token"], List(metadata, "grant_types_supported"));
        Assert.Equal(
            ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt"],
            List(metadata, "token_endpoint_auth_methods_supported"));
        Assert.Equal(["RS256", "PS256", "ES256"], List(metadata, "id_token_signing_alg_values_supported"));
    }

    [Fact]
    [Trait("Spec", "C-1")]
    public async Task Support_for_user_codes_can_be_switched_at_run_time()
    {
        using var op = new SimulatorHost();
        Assert.True((await GetAsync(op, Discovery)).GetProperty("backchannel_user_code_parameter_supported").GetBoolean());

        op.Simulator.Options.UserCodeSupported = false;

        Assert.False((await GetAsync(op, Discovery)).GetProperty("backchannel_user_code_parameter_supported").GetBoolean());
    }

    [Fact]
    [Trait("Spec", "T-5")]
    public async Task A_rotation_keeps_the_keys_before_and_publishes_no_private_part()
    {
        using var op = new SimulatorHost();
        var before = Keys(await GetAsync(op, "/op/jwks"));

        op.Simulator.RotateKeys();
        var after = Keys(await GetAsync(op, "/op/jwks"));

        Assert.Equal(4, after.Count);
        Assert.All(before, key => Assert.Contains(after, other => other.Kid == key.Kid));
        Assert.All(after, key => Assert.False(key.HasPrivateKey));
    }

    private static IList<JsonWebKey> Keys(JsonElement jwks) => new JsonWebKeySet(jwks.GetRawText()).Keys;

    private static IEnumerable<string?> List(JsonElement metadata, string member) =>
        metadata.GetProperty(member).EnumerateArray().Select(value => value.GetString());

    private static async Task<JsonElement> GetAsync(SimulatorHost op, string path) =>
        JsonDocument.Parse(await op.Http.GetStringAsync(path)).RootElement;
}
