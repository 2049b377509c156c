using static SsoCibaMethod.Tests.Administration.AdministeredHost;

namespace SsoCibaMethod.Tests.Administration;

/// <summary>What is left of a method that was changed or removed.</summary>
public class RetiredMethodTests
{
    [Fact]
    public async Task Former_settings_cost_nothing_once_no_login_can_be_under_way_with_them()
    {
        await using var host = await StartAsync(new() { ["Bank"] = Method() });
        await host.EditAsync(new() { ["Bank"] = Method("other") });
        Assert.True(host.Catalog.HasFormer("Bank"));

        host.Host.Clock.Advance((3 * host.Catalog.Find("Bank")!.Options.MaximumLifetime) + TimeSpan.FromMinutes(16));

        Assert.False(host.Catalog.HasFormer("Bank"));
    }
}
