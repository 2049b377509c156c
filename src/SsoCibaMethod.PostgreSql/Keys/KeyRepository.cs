using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;
using SsoCibaMethod.PostgreSql.Database;

namespace SsoCibaMethod.PostgreSql.Keys;

/// <summary>The key ring of data protection in a table.</summary>
[SuppressMessage("Usage", "VSTHRD002", Justification = "The interface knows no asynchronous calls; it is asked a few times a day, away from any context.")]
internal sealed class KeyRepository(CibaDatabase database) : IXmlRepository
{
    // Not one of these waits for a thread of the pool: where many ask at once, all of its threads may be waiting here.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = Command("select xml from {s}.keys order by id");
        using var reader = command.ExecuteReader();
        List<XElement> keys = [];
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = Command("insert into {s}.keys (name, xml) values ($1, $2)");
        _ = command.Parameters.AddWithValue(friendlyName);
        _ = command.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
        _ = command.ExecuteNonQuery();
    }

    // At once, but where the tables are not known to be there yet.
    private NpgsqlCommand Command(string sql) => database.CommandAsync(sql, CancellationToken.None).GetAwaiter().GetResult();
}
