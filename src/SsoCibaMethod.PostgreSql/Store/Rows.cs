using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.PostgreSql.Store;

/// <summary>A record as a row of the table, and back.</summary>
internal static class Rows
{
    public const string Columns = "id, schema, version, method, state, owner, notification_token_hash, hint_hash, address_hash, started_at, ends_at, keep_until, payload";

    /// <summary>The columns as parameters 1 to 13, in their order.</summary>
    public static void AddTo(NpgsqlCommand command, PendingLoginRecord record)
    {
        Add(command, NpgsqlDbType.Text, record.Id);
        Add(command, NpgsqlDbType.Integer, record.Schema);
        Add(command, NpgsqlDbType.Bigint, record.Version);
        Add(command, NpgsqlDbType.Text, record.Method);
        Add(command, NpgsqlDbType.Smallint, (short)record.State);
        Add(command, NpgsqlDbType.Text, record.Owner);
        Add(command, NpgsqlDbType.Text, record.NotificationTokenHash);
        Add(command, NpgsqlDbType.Bigint, record.HintHash is 0 ? null : record.HintHash);
        Add(command, NpgsqlDbType.Bigint, record.AddressHash is 0 ? null : record.AddressHash);
        Add(command, NpgsqlDbType.TimestampTz, record.StartedAt.UtcDateTime);
        Add(command, NpgsqlDbType.TimestampTz, record.EndsAt.UtcDateTime);
        Add(command, NpgsqlDbType.TimestampTz, record.KeepUntil.UtcDateTime);
        Add(command, NpgsqlDbType.Bytea, record.Payload.ToArray());
    }

    public static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });

    public static PendingLoginRecord Read(DbDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Schema = reader.GetInt32(1),
        Version = reader.GetInt64(2),
        Method = reader.GetString(3),
        State = (PendingLoginState)reader.GetInt16(4),
        Owner = Text(reader, 5),
        NotificationTokenHash = Text(reader, 6),
        HintHash = Number(reader, 7),
        AddressHash = Number(reader, 8),
        StartedAt = Time(reader, 9),
        EndsAt = Time(reader, 10),
        KeepUntil = Time(reader, 11),
        Payload = reader.GetFieldValue<byte[]>(12),
    };

    public static DateTimeOffset Time(DbDataReader reader, int column) => new(reader.GetFieldValue<DateTime>(column), TimeSpan.Zero);

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static long Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? 0 : reader.GetInt64(column);
}
