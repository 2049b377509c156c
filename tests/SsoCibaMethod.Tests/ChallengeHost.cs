using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests;

/// <summary>A host whose page /me challenges as a test says, with an OP whose answers are scripted.</summary>
internal static class ChallengeHost
{
    public static async Task<CibaTestHost> StartAsync(
        ScriptedOp op, Action<CibaOptions>? configure = null, Action<CibaChallengeProperties>? challenge = null, Action<WebApplication>? pipeline = null)
    {
        var host = await CibaTestHost.StartAsync(
            options =>
            {
                options.Authority = ScriptedOp.Issuer;
                options.BackchannelHttpHandler = op;
                options.IdTokenSigningAlgorithms = ["ES256"];
                configure?.Invoke(options);
            },
            pipeline: pipeline ?? (app =>
            {
                app.UseAuthentication();
                app.Map("/me", branch => branch.Run(async context =>
                {
                    if (context.User.Identity?.IsAuthenticated == true)
                    {
                        return;
                    }

                    var properties = new CibaChallengeProperties();
                    challenge?.Invoke(properties);
                    await context.ChallengeAsync(properties);
                }));
            }));
        op.Clock = host.Clock;
        return host;
    }
}
