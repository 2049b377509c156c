namespace SsoCibaMethod;

/// <summary>Where pending logins are kept in PostgreSQL.</summary>
public sealed class PostgreSqlStoreOptions
{
    /// <summary>
    /// The connection string, with a user that may create a schema, or that owns the one named here. Unless it says otherwise, connecting and each command may take 5 seconds at most,
    /// so that a database that does not answer is soon known as such.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The schema of the tables, lower-case letters, digits and underscores; <c>ciba</c> by default. It is created where it is missing.</summary>
    public string Schema { get; set; } = "ciba";
}
