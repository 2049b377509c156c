using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace SsoCibaMethod;

/// <summary>Finds what cannot be used before the first connection, and never repeats the connection string: it holds a password.</summary>
internal sealed partial class PostgreSqlStoreOptionsValidator : IValidateOptions<PostgreSqlStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgreSqlStoreOptions options)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            faults.Add("PersistPendingLoginsToPostgreSql: there is no connection string. Give one, for example \"Host=db.example;Database=app;Username=app;Password=…\".");
        }
        else if (!IsConnectionString(options.ConnectionString))
        {
            faults.Add("PersistPendingLoginsToPostgreSql: the connection string cannot be read. Write it as \"Host=db.example;Database=app;Username=app;Password=…\".");
        }

        if (!SchemaName().IsMatch(options.Schema))
        {
            faults.Add($"PersistPendingLoginsToPostgreSql: Schema is \"{options.Schema}\"; write a lower-case letter, then up to 30 lower-case letters, digits and underscores.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,30}$", RegexOptions.None, 1000)]
    private static partial Regex SchemaName();
}
