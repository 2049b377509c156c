using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using SsoCibaMethod.PostgreSql.Database;

namespace SsoCibaMethod.PostgreSql.Keys;

/// <summary>The key ring of data protection in a table.</summary>
[SuppressMessage("Usage", "VSTHRD002", Justification = "The interface knows no asynchronous calls; it is asked a few times a day, away from any context.")]
internal sealed class KeyRepository(CibaDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => WriteAsync(element, friendlyName)).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var command = await database.CommandAsync("select xml from {s}.keys order by id", CancellationToken.None);
        await using var reader = await command.ExecuteReaderAsync();
        List<XElement> keys = [];
        while (await reader.ReadAsync())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    private async Task WriteAsync(XElement element, string friendlyName)
    {
        await using var command = await database.CommandAsync("insert into {s}.keys (name, xml) values ($1, $2)", CancellationToken.None);
        _ = command.Parameters.AddWithValue(friendlyName);
        _ = command.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
        _ = await command.ExecuteNonQueryAsync();
    }
}
