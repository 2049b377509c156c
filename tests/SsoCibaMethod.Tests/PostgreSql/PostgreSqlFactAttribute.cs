using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.PostgreSql;

/// <summary>A test that needs a PostgreSQL server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute() => Skip = RequiredPart.ReasonToSkip(TestDatabase.Server);
}
