namespace SsoCibaMethod.Conformance.Tests;

/// <summary>One request the OP acknowledged.</summary>
internal sealed class OpLogin
{
    public required string AuthReqId { get; init; }

    public required JwsPart Claims { get; init; }

    public required DateTimeOffset AcknowledgedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public TimeSpan Interval { get; set; }

    public DateTimeOffset NextPollAllowedAt { get; set; } = DateTimeOffset.MinValue;

    public int Polls { get; set; }

    public int PollsUnderWay { get; set; }

    public bool IsPinged { get; set; }

    public bool IsRedeemed { get; set; }

    /// <summary>Whether it ended without tokens.</summary>
    public bool IsRefused { get; set; }
}
