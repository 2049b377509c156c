using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.SampleApp.Tests.Nodes;

/// <summary>Three nodes, each a process, a PostgreSQL they share and reach by a gate, and an OP in this process that counts every poll.</summary>
public sealed class Farm : IAsyncLifetime
{
    public const string Secret = "a-client-secret-that-is-long-enough-for-hs256";

    private const int AtOnce = 16;

    private readonly Uri _opAddress = Loopback.FreeAddress();
    private readonly List<FarmNode> _everyNode = [];

    private WebApplication? _op;
    private PrivatePostgreSql? _database;
    private TcpGate? _gate;

    internal PrivatePostgreSql Database => _database!;

    internal TcpGate Gate => _gate!;

    internal FarmNode[] Nodes { get; } = new FarmNode[3];

    internal CibaSimulator Op => _op!.Services.GetRequiredService<CibaSimulator>();

    /// <summary>What the nodes have logged.</summary>
    internal string Output => string.Join('\n', _everyNode.Select(node => node.Output));

    /// <summary>Whether the OP answers everything with 503.</summary>
    internal bool IsOpOut { get; set; }

    public async Task InitializeAsync()
    {
        if (RequiredPart.ReasonToSkip(PrivatePostgreSql.Programs) is not null)
        {
            return;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_opAddress.ToString());
        builder.Services.AddCibaSimulator(options =>
        {
            options.Interval = FarmSize.Interval;
            options.Lifetime = TimeSpan.FromMinutes(10);
            options.Clients.Add(new CibaSimulatorClient("app") { Secret = Secret });
        });
        _op = builder.Build();
        _ = _op.Use((context, next) =>
        {
            if (!IsOpOut)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        _ = _op.UseRouting();
        _op.MapCibaSimulator("/op");
        await _op.StartAsync();
        _database = await PrivatePostgreSql.StartAsync();
        _gate = TcpGate.To(int.Parse((string)Settings()["Port"], CultureInfo.InvariantCulture));
        await Task.WhenAll(ReplaceAsync(0), ReplaceAsync(1), ReplaceAsync(2));
    }

    /// <summary>Puts an end to every fault, and a new node in the place of each that has ended.</summary>
    internal async Task MendAsync()
    {
        IsOpOut = false;
        Gate.Delay = TimeSpan.Zero;
        Gate.Open();
        await Task.WhenAll(Enumerable.Range(0, Nodes.Length).Where(index => Nodes[index].HasEnded).Select(ReplaceAsync));
    }

    private async Task ReplaceAsync(int index)
    {
        var settings = Settings();
        settings["Port"] = Gate.Port;
        Nodes[index] = await FarmNode.StartAsync(new Uri(_opAddress, "/op"), settings.ConnectionString);

        // The first page of a process takes seconds.
        _ = await FarmLogin.OpenAsync(Nodes[index]);
        lock (_everyNode)
        {
            _everyNode.Add(Nodes[index]);
        }
    }

    /// <summary>Starts logins on a node, each in a browser of its own, some at once.</summary>
    internal static async Task<IReadOnlyList<FarmLogin>> BeginAsync(FarmNode node, int count)
    {
        var logins = new FarmLogin[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => logins[i] = await FarmLogin.BeginAsync(node));
        return logins;
    }

    /// <summary>Approves what nobody has decided about.</summary>
    internal void ApproveAll()
    {
        foreach (var request in Op.Requests)
        {
            _ = Op.Approve(request.AuthReqId);
        }
    }

    /// <summary>The name of the one node that works for the logins that wait.</summary>
    internal async Task<string> OwnerAsync() => (string)await AskAsync("select distinct owner from ciba.logins where state = 2");

    internal async Task<long> CountAsync(string sql) => (long)await AskAsync(sql);

    /// <summary>How often each of the logins was signed in, by the nodes' logs.</summary>
    internal int MostSignIns(IReadOnlyList<FarmLogin> logins)
    {
        var numbers = logins.Select(login => login.Number).ToHashSet(StringComparer.Ordinal);
        var signIns = _everyNode.SelectMany(node => node.Lines).Where(line => line.EndsWith(" of Ciba: signed in.", StringComparison.Ordinal));
        return signIns.Select(line => line.Split(' ')[^5]).Where(numbers.Contains).GroupBy(number => number).Select(group => group.Count()).DefaultIfEmpty().Max();
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _everyNode)
        {
            await node.DisposeAsync();
        }

        await (_gate?.DisposeAsync() ?? default);
        await (_database?.DisposeAsync() ?? default);
        await (_op?.DisposeAsync() ?? default);
    }

    private DbConnectionStringBuilder Settings() => new() { ConnectionString = Database.ConnectionString };

    private async Task<object> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!;
    }
}
