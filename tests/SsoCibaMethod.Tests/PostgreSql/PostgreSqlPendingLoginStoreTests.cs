using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Tests.PendingLogins;

namespace SsoCibaMethod.Tests.PostgreSql;

/// <summary>The store in PostgreSQL keeps the contract.</summary>
[NeedsPostgreSql]
public sealed class PostgreSqlPendingLoginStoreTests : PendingLoginStoreContract, IAsyncLifetime
{
    private readonly List<TestDatabase> _databases = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
    }

    protected override Task<IPendingLoginStore> CreateAsync()
    {
        var database = new TestDatabase();
        _databases.Add(database);
        return Task.FromResult<IPendingLoginStore>(database.CreateStore(Clock));
    }
}
