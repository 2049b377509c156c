using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests.Nodes;

/// <summary>Three nodes, each a process, a PostgreSQL they share, and an OP in this process that counts every poll.</summary>
internal sealed class Farm : IAsyncDisposable
{
    public const string Secret = "a-client-secret-that-is-long-enough-for-hs256";

    private readonly WebApplication _op;

    private Farm(WebApplication op, PrivatePostgreSql database) => (_op, Database) = (op, database);

    public PrivatePostgreSql Database { get; }

    public List<FarmNode> Nodes { get; } = [];

    public CibaSimulator Op => _op.Services.GetRequiredService<CibaSimulator>();

    public static async Task<Farm> StartAsync(int interval = 1)
    {
        var address = FarmNode.FreeAddress();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        builder.Services.AddCibaSimulator(options =>
        {
            options.Interval = TimeSpan.FromSeconds(interval);
            options.Lifetime = TimeSpan.FromMinutes(5);
            options.Clients.Add(new CibaSimulatorClient("app") { Secret = Secret });
        });
        var op = builder.Build();
        op.MapCibaSimulator("/op");
        await op.StartAsync();
        var farm = new Farm(op, await PrivatePostgreSql.StartAsync());
        for (var i = 0; i < 3; i++)
        {
            farm.Nodes.Add(await FarmNode.StartAsync(new Uri(address, "/op"), farm.Database.ConnectionString));
        }

        return farm;
    }

    /// <summary>Starts logins on a node, each in a browser of its own.</summary>
    public async Task<IReadOnlyList<FarmLogin>> BeginAsync(FarmNode node, int count)
    {
        List<FarmLogin> logins = [];
        for (var i = 0; i < count; i++)
        {
            logins.Add(await FarmLogin.BeginAsync(node));
        }

        return logins;
    }

    public void ApproveAll()
    {
        foreach (var request in Op.Requests)
        {
            _ = Op.Approve(request.AuthReqId);
        }
    }

    /// <summary>The name of the one node that works for a login.</summary>
    public async Task<string> OwnerAsync() => (string)await AskAsync("select distinct owner from ciba.logins where owner is not null");

    public async Task<long> CountAsync(string sql) => (long)await AskAsync(sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
        await _op.DisposeAsync();
    }

    private async Task<object> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!;
    }
}
