using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.PostgreSql;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>A rule of the store contract: skipped for a store whose <see cref="NeedsPostgreSqlAttribute">server</see> is missing, which an inherited fact could not say.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("SsoCibaMethod.Tests.PendingLogins.StoreFactDiscoverer", "SsoCibaMethod.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>Stands on the tests of a store that is in PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgreSqlAttribute : Attribute;

/// <summary>Finds the rules of the contract for each store.</summary>
/// <param name="messages">Where the framework tells what went wrong.</param>
public sealed class StoreFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        testMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgreSqlAttribute)).Any() && RequiredPart.ReasonToSkip(TestDatabase.Server) is { } reason
            ? new XunitSkippedDataRowTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}
