using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SsoCibaMethod.Benchmarks.Op;

/// <summary>The OP as a process of its own, so that its CPU is not the client's: one door for HTTP/1.1 in the clear, one for it and one for HTTP/2 over TLS. It ends with its parent.</summary>
internal static class OpProgram
{
    public static async Task RunAsync(TimeSpan interval)
    {
        using var authority = new OpAuthority();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
            kestrel.Listen(IPAddress.Loopback, 0, door => door.Protocols = HttpProtocols.Http1);
            foreach (var protocols in new[] { HttpProtocols.Http1, HttpProtocols.Http1AndHttp2 })
            {
                kestrel.Listen(IPAddress.Loopback, 0, door =>
                {
                    door.Protocols = protocols;
                    _ = door.UseHttps(authority.Server);
                });
            }
        });
        await using var app = builder.Build();
        app.Run(new OpEndpoints(new PollLedger(interval)).AnswerAsync);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        Console.WriteLine(JsonSerializer.Serialize(new OpDoors(addresses[0], addresses[1], addresses[2], authority.Pem)));
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Only the end of it says something: the parent is gone.
        }

        await app.StopAsync();
    }
}

/// <summary>Where the OP is, and whom to trust.</summary>
internal sealed record OpDoors(string Clear, string Http1, string Http2, string Authority)
{
    public Version VersionOf(string door) => door == Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
}
