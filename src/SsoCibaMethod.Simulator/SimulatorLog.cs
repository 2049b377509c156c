using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.Simulator;

/// <summary>What the OP has to say to a developer. Never a secret, an auth_req_id, a token or a hint.</summary>
internal static partial class SimulatorLog
{
    [LoggerMessage(1, LogLevel.Information, "The simulator acknowledged a request of {ClientId}.")]
    public static partial void RequestAcknowledged(this ILogger logger, string clientId);

    [LoggerMessage(2, LogLevel.Information, "The simulator refused a request of {ClientId}: {Error}. {Reason}")]
    public static partial void RequestRefused(this ILogger logger, string? clientId, string error, string reason);

    [LoggerMessage(3, LogLevel.Information, "The simulator refused a poll of {ClientId}: {Error}. {Reason}")]
    public static partial void PollRefused(this ILogger logger, string? clientId, string error, string reason);

    [LoggerMessage(4, LogLevel.Information, "The simulator notified {ClientId}, which answered {Status}.")]
    public static partial void NotificationAnswered(this ILogger logger, string clientId, int status);

    [LoggerMessage(5, LogLevel.Warning, "The simulator could not notify {ClientId}: {Failure}. Its NotificationEndpoint must be reachable from here.")]
    public static partial void NotificationUnanswered(this ILogger logger, string clientId, string failure);
}
