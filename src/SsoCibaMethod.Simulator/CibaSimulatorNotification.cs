namespace SsoCibaMethod.Simulator;

/// <summary>A call of a client's notification endpoint (CIBA Core §10.2, §10.3, §12) and how the client answered. None is ever repeated by itself.</summary>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Status">The HTTP status of the answer; <see langword="null"/> where there was none.</param>
/// <param name="Failure">The kind of exception, where no answer came.</param>
public sealed record CibaSimulatorNotification(DateTimeOffset SentAt, int? Status, string? Failure = null)
{
    /// <summary>Gets a value indicating whether the client accepted it.</summary>
    public bool IsAccepted => Status is >= 200 and < 300;
}

/// <summary>What can go wrong with a notification, for tests of a client: see <see cref="CibaSimulator.MisdeliverNext"/>.</summary>
public enum CibaSimulatorMisdelivery
{
    /// <summary>It is not sent at all.</summary>
    Never,

    /// <summary>The bearer token is the right one with a character more.</summary>
    WrongBearer,

    /// <summary>The bearer token is right and the <c>auth_req_id</c> that of nobody.</summary>
    WrongAuthReqId,

    /// <summary>It is sent twice, the second time when the first one is answered.</summary>
    Duplicate,

    /// <summary>It is kept back until <see cref="CibaSimulator.ReleaseNotifications"/> is called, whatever became of the request meanwhile.</summary>
    Late,

    /// <summary>
    /// It is sent before the request is acknowledged; a request nobody has decided is approved for it. The acknowledgement leaves when the client
    /// has answered, at the latest after <see cref="CibaSimulatorOptions.AcknowledgementDelay"/>, if that is set.
    /// </summary>
    BeforeAcknowledgement,
}
