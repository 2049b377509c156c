using SsoCibaMethod.Client;

namespace SsoCibaMethod.Polling;

/// <summary>Sends one poll, and only while this node may: before the login's deadline, before the node's lease ends, and not after the login has ended.</summary>
/// <param name="time">The clock.</param>
internal sealed class PollSender(TimeProvider time)
{
    // What leaves last has to be at the OP, and answered, before the lease ends: the next owner counts its interval from there, and knows nothing of a poll that arrives later.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private long _leaseEndsAt = long.MaxValue;
    private volatile bool _isClosed;

    /// <summary>Until when this node may send.</summary>
    public TimeSpan LeaseEndsAt => TimeSpan.FromTicks(Volatile.Read(ref _leaseEndsAt));

    /// <summary>Says until when.</summary>
    public void Lease(TimeSpan until) => Volatile.Write(ref _leaseEndsAt, until.Ticks);

    /// <summary>Sends nothing from here on; what is under way goes on until it is broken off.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Whether a poll may leave.</summary>
    /// <param name="now">The present.</param>
    /// <param name="deadline">The login's deadline.</param>
    /// <param name="leaseEndsAt">When the node's lease ends.</param>
    public static bool MaySend(TimeSpan now, TimeSpan deadline, TimeSpan leaseEndsAt) => now < deadline && now < leaseEndsAt - Margin;

    /// <summary>Sends a poll and waits for its answer.</summary>
    /// <param name="slot">The login.</param>
    /// <param name="now">The present, on the clock of schedules.</param>
    /// <returns>The answer; <see langword="null"/> where the deadline, the lease or the end of the login broke off the wait, or forbade the poll.</returns>
    public async Task<TokenResponse?> SendAsync(PollSlot slot, TimeSpan now)
    {
        using var cancellation = new CancellationTokenSource();
        if (!MaySend(now, slot.Schedule.Deadline, LeaseEndsAt) || !slot.TryBegin(cancellation))
        {
            return null;
        }

        if (_isClosed)
        {
            // Looked at only now: who closes first and then looks for polls under way finds all of them.
            slot.Finish();
            return null;
        }

        // Nearly every poll is answered, or given up by the client, long before the deadline: a timer would be made for nothing.
        var left = slot.Schedule.Deadline - now;
        using var timer = left > slot.Method.Options.BackchannelTimeout ? null : time.CreateTimer(static slot => ((PollSlot)slot!).BreakOff(), slot, left, Timeout.InfiniteTimeSpan);
        try
        {
            // Until it is answered, whatever comes between.
            var hadUnansweredPoll = slot.HasUnansweredPoll;
            slot.HasUnansweredPoll = true;
            using var span = PollTrace.BeginPoll(slot);
            var answer = await slot.Method.Client.PollAsync(slot.AuthReqId, cancellation.Token);
            PollTrace.End(span, answer);
            slot.HasUnansweredPoll = hadUnansweredPoll;
            return answer;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            slot.Finish();
        }
    }
}
