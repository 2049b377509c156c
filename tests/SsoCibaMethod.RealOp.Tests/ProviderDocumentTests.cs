namespace SsoCibaMethod.RealOp.Tests;

/// <summary>An OP's metadata and keys as files, as an administrator uploads them.</summary>
public sealed class ProviderDocumentTests(RealOp op) : IClassFixture<RealOp>
{
    [RealOpFact]
    [Trait("Spec", "U-41")]
    [Trait("Spec", "U-42")]
    public async Task DocumentsOnDiskDoWithoutDiscovery()
    {
        using var folder = new TemporaryFolder();
        var metadata = folder.Write("openid-configuration.json", await op.Http.GetStringAsync("/.well-known/openid-configuration"));
        var keys = folder.Write("jwks.json", await op.Http.GetStringAsync("/jwks"));
        await using var host = await CibaHost.StartAsync(op, options =>
        {
            options.Authority = null;
            options.ProviderMetadata = metadata;
            options.ProviderJwks = keys;
        });
        using var login = await UserLogin.BeginAsync(host, "alice");
        await op.WaitForRequestAsync("alice");
        await op.ApproveAsync("alice");

        Assert.Equal("approved", await login.EndAsync());
        Assert.True(login.IsSignedIn);
        var endpoints = (await op.SeenAsync()).Endpoints;
        Assert.Equal((1, 1), (endpoints["discovery"].Count, endpoints["jwks"].Count));
    }
}
