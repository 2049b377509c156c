using System.Globalization;
using System.Reflection;
using Npgsql;

namespace SsoCibaMethod.PostgreSql.Database;

/// <summary>Creates the tables and brings them up to date: all steps or none, one node at a time.</summary>
internal static class Migrations
{
    private const string Prefix = "ciba.migrations.";

    /// <summary>The steps, in order.</summary>
    public static IReadOnlyList<(int Version, string Sql)> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (int.Parse(name[Prefix.Length..], CultureInfo.InvariantCulture), Read(name)))
            .OrderBy(step => step.Item1),
    ];

    /// <returns>The version of the tables.</returns>
    /// <exception cref="InvalidOperationException">They are of a later version of this package, or the user may not create them.</exception>
    public static async Task<int> ApplyAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var last = All[^1].Version;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

            // Nodes that start at once wait here for the first of them.
            await RunAsync(connection, $"select pg_advisory_xact_lock(hashtextextended('SsoCibaMethod {schema}', 0))", cancellationToken);
            var version = await VersionAsync(connection, schema, cancellationToken);
            if (version > last)
            {
                throw new InvalidOperationException(
                    $"The tables of the schema \"{schema}\" are at version {version}, and this version of SsoCibaMethod.PostgreSql knows {last}. Update the package on this node.");
            }

            foreach (var (step, sql) in All.Where(step => step.Version > version))
            {
                await RunAsync(connection, $"set local search_path to {schema}; {sql} insert into versions (version) values ({step});", cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return last;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new InvalidOperationException(
                $"The database user may not create or change the tables of the schema \"{schema}\". Let an administrator run, with the user's name in its place: "
                + $"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION the_user; ALTER SCHEMA {schema} OWNER TO the_user;",
                exception);
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand($"select exists (select 1 from pg_catalog.pg_namespace where nspname = '{schema}')", connection);
        if (!(bool)(await find.ExecuteScalarAsync(cancellationToken))!)
        {
            await RunAsync(connection, $"create schema {schema}", cancellationToken);
        }

        await using var table = new NpgsqlCommand($"select exists (select 1 from pg_catalog.pg_tables where schemaname = '{schema}' and tablename = 'versions')", connection);
        if (!(bool)(await table.ExecuteScalarAsync(cancellationToken))!)
        {
            await RunAsync(connection, $"create table {schema}.versions (version integer primary key, applied_at timestamptz not null default now())", cancellationToken);
        }

        await using var version = new NpgsqlCommand($"select coalesce(max(version), 0) from {schema}.versions", connection);
        return (int)(await version.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
