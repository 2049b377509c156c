using System.Collections.Concurrent;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Polling;

/// <summary>Sends one poll, and only while this node may: before the login's deadline, before the node's lease ends, and not after the login has ended.</summary>
/// <param name="time">The clock.</param>
internal sealed class PollSender(TimeProvider time)
{
    // What leaves last has to be at the OP, and answered, before the lease ends: the next owner counts its interval from there, and knows nothing of a poll that arrives later.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    // As many as are under way at one moment on a busy node.
    private const int MostIdle = 256;

    // Nearly no poll is broken off: what could have done it serves the next one.
    private readonly ConcurrentQueue<CancellationTokenSource> _idle = new();

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
        var deadline = slot.Schedule.Deadline;
        if (!MaySend(now, deadline, LeaseEndsAt))
        {
            return null;
        }

        var cancellation = _idle.TryDequeue(out var idle) ? idle : new CancellationTokenSource();
        try
        {
            // Whether the door is closed is looked at only then: who closes it first and then looks for polls under way finds all of them.
            if (!slot.TryBegin(cancellation) || _isClosed)
            {
                return null;
            }

            // Nearly every poll is answered, or given up by the client, long before the deadline: a timer would be made for nothing.
            var left = deadline - now;
            using var timer = left > slot.Method.Options.BackchannelTimeout ? null : time.CreateTimer(static slot => _ = ((PollSlot)slot!).BreakOffAsync(), slot, left, Timeout.InfiniteTimeSpan);

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

            // From here on nobody can cancel it any more.
            if (_idle.Count < MostIdle && cancellation.TryReset())
            {
                _idle.Enqueue(cancellation);
            }
        }
    }
}
