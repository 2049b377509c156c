namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-37: a call with a token that is not the client's must be refused with 401, and not acted upon.</summary>
internal static class PingModules
{
    public static IEnumerable<Module> All =>
    [
        new($"{Module.Prefix}ping-with-invalid-bearer-token-test", new Play { PingSuffix = "1" }) { Modes = [Variant.Ping] },
    ];
}
