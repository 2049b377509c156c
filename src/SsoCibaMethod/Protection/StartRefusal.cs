using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Protection;

/// <summary>That a login may not be started now.</summary>
/// <param name="Limit">The setting whose limit was reached.</param>
/// <param name="Reason">How.</param>
/// <param name="RetryIn">When a new try is possible, as far as is known.</param>
internal sealed record StartRefusal(string Limit, StartRefusalReason Reason, TimeSpan RetryIn)
{
    /// <summary>The text that tells the user.</summary>
    public string MessageKey => Reason == StartRefusalReason.Declined ? MessageKeys.DeclinedLately : MessageKeys.TooManyTries;
}

/// <summary>How a limit on starting was reached.</summary>
internal enum StartRefusalReason
{
    /// <summary>So many logins wait already.</summary>
    Waiting,

    /// <summary>So many were started in a short time.</summary>
    Started,

    /// <summary>A request was declined a short time ago.</summary>
    Declined,
}
