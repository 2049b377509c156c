using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.PostgreSql;

/// <summary>Every message of this package. None has room for a connection string, a record or a key.</summary>
internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Information, "The tables of the schema {Schema} are at version {Version}.", EventName = "DatabaseReady")]
    public static partial void DatabaseReady(this ILogger logger, string schema, int version);

    [LoggerMessage(202, LogLevel.Warning, "This node does not hear of changes made on other nodes, although the database answers: a cancel there is noticed late, or not at all. It is tried again each second. {Cause}", EventName = "ChangesUnheard")]
    public static partial void ChangesUnheard(this ILogger logger, string cause);

    [LoggerMessage(203, LogLevel.Information, "This node hears of changes made on other nodes again.", EventName = "ChangesHeard")]
    public static partial void ChangesHeard(this ILogger logger);

    [LoggerMessage(204, LogLevel.Error, "This node cannot read what the node {Other} protects, so logins fail that pass from one to the other. Let all nodes share one key ring (PersistKeysTo…) and one application name (SetApplicationName). {Cause}", EventName = "FarmFault")]
    public static partial void FarmFault(this ILogger logger, string other, string cause);

    [LoggerMessage(205, LogLevel.Information, "This node and the node {Other} read what the other protects.", EventName = "FarmReady")]
    public static partial void FarmReady(this ILogger logger, string other);

    [LoggerMessage(206, LogLevel.Warning, "The keys of data protection lie in the database beside what they protect, and nothing wraps them: whoever reads the database reads everything. Wrap them, for example by ProtectKeysWithCertificate.", EventName = "KeysUnwrapped")]
    public static partial void KeysUnwrapped(this ILogger logger);
}
