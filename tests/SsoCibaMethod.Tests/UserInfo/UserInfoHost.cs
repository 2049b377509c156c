using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.UserInfo;

/// <summary>An application that wants the claims of the userinfo endpoint, and the simulator, which tells some of alice there alone.</summary>
internal static class UserInfoHost
{
    public static Task<CibaTestHost> StartAsync(
        Wire wire,
        JsonObject told,
        Action<CibaOptions>? configure = null,
        Action<CibaSimulatorOptions>? simulator = null,
        Action<IServiceCollection>? services = null) => CibaTestHost.StartAsync(
        options =>
        {
            options.GetClaimsFromUserInfoEndpoint = true;
            configure?.Invoke(options);
        },
        services: builder => services?.Invoke(builder.Services),
        simulator: options =>
        {
            options.Accounts[0] = new CibaSimulatorAccount("alice") { Name = "Alice Aaltonen", UserInfo = told };
            simulator?.Invoke(options);
        },
        wire: wire);

    /// <summary>The claims that <c>/me</c> shows.</summary>
    public static ILookup<string, string> ClaimsOf(TestPage me) =>
        JsonNode.Parse(me.Body)!.AsArray().ToLookup(claim => (string)claim![0]!, claim => (string)claim![1]!, StringComparer.Ordinal);

    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
