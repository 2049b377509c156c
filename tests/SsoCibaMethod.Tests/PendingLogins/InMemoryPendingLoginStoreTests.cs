using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>The store in memory keeps the contract.</summary>
public class InMemoryPendingLoginStoreTests : PendingLoginStoreContract
{
    protected override Task<IPendingLoginStore> CreateAsync() => Task.FromResult<IPendingLoginStore>(new InMemoryPendingLoginStore(Clock));
}
