using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-4 to K-37: every module of the plan in every variant it applies to, played through the whole handler over TLS. The OP judges each request on the way.</summary>
[Trait("Spec", "K-5")]
[Trait("Spec", "K-6")]
public sealed class ModuleTests(OpListener listener) : IClassFixture<OpListener>
{
    public static TheoryData<ModuleCase> Cases => [.. ModuleCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Passes(ModuleCase played)
    {
        var module = played.Module;
        await using var run = await ModuleRun.StartAsync(listener, module, played.Variant);

        var end = await run.PlayAsync();

        // In full: the message of an empty list shortens what it holds.
        Assert.True(run.Op.Findings.All.Count == 0, string.Join('\n', run.Op.Findings.All));
        Assert.Equal(module.IsPositive ? IdToken.Subject : null, end.Subject);
        Assert.Equal(module.IsPositive, run.Op.State.ResourceWasGiven);
        Assert.Equal(module.Play.RefusesUntilRefreshed ? 2 : 0, run.Op.State.Refreshes);

        var text = run.Host.Services.GetRequiredService<IStringLocalizer<CibaMessages>>();
        Assert.Equal(HttpStatusCode.OK, end.Page.Status);
        Assert.StartsWith(module.Notice is { } key ? text[key] : "", end.Page.Notice ?? "", StringComparison.Ordinal);
        Assert.Equal(module.Notice is null, end.Page.Notice is null);
    }
}
