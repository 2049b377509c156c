namespace SsoCibaMethod.Client;

/// <summary>What came of a backchannel authentication request: one of a closed set of cases (CIBA Core §7.3, §13).</summary>
public abstract record BackchannelAuthenticationResponse
{
    private BackchannelAuthenticationResponse()
    {
    }

    /// <summary>Names the case only: what it carries is confidential.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The acknowledgement: the OP now asks the user (CIBA Core §7.3).</summary>
    /// <param name="AuthReqId">The ticket for the token endpoint, opaque, to be sent back as it came. Confidential.</param>
    /// <param name="ExpiresIn">How long the ticket lives, counted from when the OP received the request.</param>
    /// <param name="Interval">The least time between two polls; <see langword="null"/> where the OP gives none.</param>
    public sealed record Acknowledged(string AuthReqId, TimeSpan ExpiresIn, TimeSpan? Interval) : BackchannelAuthenticationResponse
    {
        /// <summary>When the request was sent, by the wall clock: the ticket's life, and the least age of its ID token, count from here.</summary>
        public DateTimeOffset SentAt { get; init; }

        /// <summary>Who acknowledged, and to whom; <see langword="null"/> where it was not this client that asked.</summary>
        internal AcknowledgementOrigin? Origin { get; init; }
    }

    /// <summary>The OP refused with an error of its own (CIBA Core §13).</summary>
    /// <param name="Error">The error.</param>
    public sealed record Refused(CibaError Error) : BackchannelAuthenticationResponse;

    /// <summary>The answer, or the OP's metadata, breaks a rule of the protocol; nothing was started as far as we can know.</summary>
    /// <param name="Fault">What is wrong, for a log.</param>
    public sealed record ProtocolFault(string Fault) : BackchannelAuthenticationResponse;

    /// <summary>No usable answer: no connection, time ran out, or the OP is in trouble.</summary>
    /// <param name="Cause">What happened, for a log.</param>
    public sealed record Unavailable(string Cause) : BackchannelAuthenticationResponse;
}
