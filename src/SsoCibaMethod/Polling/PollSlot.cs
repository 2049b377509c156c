using System.Text;
using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>One waiting login in the poller's memory: what a poll needs, in clear, since unprotecting it each time would cost as much as the poll.</summary>
/// <remarks>It is its own lock: nobody outside of the poller sees it, and there are as many as logins that wait.</remarks>
internal sealed class PollSlot(CibaMethod method, PendingLogin login, PollSchedule schedule)
{
    /// <summary>No time at which anything is due.</summary>
    public static readonly TimeSpan NotQueued = TimeSpan.MinValue;

    // Eight letters and digits: as a number they take a sixth of what a string does.
    private readonly long _reference = BitConverter.ToInt64(Encoding.ASCII.GetBytes(login.Reference));
    private PollSchedule _schedule = schedule;
    private CancellationTokenSource? _poll;

    public CibaMethod Method => method;

    public string Id { get; } = login.Id;

    public string Reference => Encoding.ASCII.GetString(BitConverter.GetBytes(_reference));

    public string AuthReqId { get; } = login.Details.AuthReqId!;

    /// <summary>Whether the OP pushes what came of it. Such a login is never polled for (CIBA Core §11).</summary>
    public bool IsPush { get; } = login.Details.DeliveryMode == TokenDeliveryMode.Push;

    public PollSchedule Schedule
    {
        get
        {
            lock (this)
            {
                return _schedule;
            }
        }
    }

    /// <summary>When to do something next.</summary>
    public TimeSpan Due
    {
        get
        {
            var due = HasLastWord ? TimeSpan.Zero : IsPush ? Schedule.Deadline : Schedule.Due;
            return due > PausedUntil ? due : PausedUntil;
        }
    }

    /// <summary>For which time the slot is in the queue, or <see cref="NotQueued"/>; only the queue touches it.</summary>
    public TimeSpan QueuedFor { get; set; } = NotQueued;

    /// <summary>Whether a push is on the record, to be settled.</summary>
    public bool HasPush { get; set; }

    /// <summary>The OP's last word, until what follows from it is written.</summary>
    public LastWord? LastWord { get; set; }

    /// <summary>Whether the OP has nothing more to say: what it said waits to be settled, and it is not asked again.</summary>
    public bool HasLastWord => HasPush || LastWord is not null;

    /// <summary>The ID token, once it keeps every rule and no check of the host refuses it: that is not asked twice where something else is still missing.</summary>
    public IdTokenResult.Valid? IdToken { get; set; }

    /// <summary>How often the OP was asked for the user's claims.</summary>
    public byte UserInfoTries { get; set; }

    /// <summary>Until when nothing is done, because what was tried last did not succeed.</summary>
    public TimeSpan PausedUntil { get; set; }

    /// <summary>Whether a poll may have spent the <c>auth_req_id</c> without our getting its answer.</summary>
    public bool HasUnansweredPoll { get; set; }

    /// <summary>The OP and client that the login began with, as long as nobody has looked whether the method is of them; 0 afterwards. Its ticket is shown to no other.</summary>
    public int UnprovenFingerprint { get; set; }

    /// <summary>Whether the OP no longer knows the <c>auth_req_id</c>, and one interval is left for another node's result to show.</summary>
    public bool IsAwaitingOthers { get; set; }

    /// <summary>Whether the login has ended; no poll leaves any more.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Changes the schedule; a ping may come in the middle of a poll.</summary>
    /// <returns>The schedule from here on.</returns>
    public PollSchedule Reschedule(Func<PollSchedule, PollSchedule> change)
    {
        lock (this)
        {
            return _schedule = change(_schedule);
        }
    }

    /// <summary>Changes the schedule as <see cref="PollSchedule.AfterPending"/> says, without a function made for it.</summary>
    public void StillPending(TimeSpan sentAt, TimeSpan receivedAt, TimeSpan? retryAfter)
    {
        lock (this)
        {
            _schedule = _schedule.AfterPending(sentAt, receivedAt, retryAfter);
        }
    }

    /// <summary>Waits after a surprise, longer with each in a row, but looks at the deadline in time.</summary>
    public void Pause(TimeSpan now)
    {
        var next = Reschedule(before => before.AfterUnavailable(now, now));
        PausedUntil = now < next.Deadline ? next.Due : next.NextPoll;
    }

    /// <summary>Says that a poll leaves now.</summary>
    /// <returns>Whether it may: not when the login has ended.</returns>
    public bool TryBegin(CancellationTokenSource poll)
    {
        lock (this)
        {
            if (!IsEnded)
            {
                _poll = poll;
            }

            return !IsEnded;
        }
    }

    /// <summary>Whether the OP is being asked, or what it said last is still to be written.</summary>
    public bool IsBusy
    {
        get
        {
            lock (this)
            {
                return _poll is not null || HasLastWord;
            }
        }
    }

    /// <summary>Says that the poll is over.</summary>
    public void Finish()
    {
        lock (this)
        {
            _poll = null;
        }
    }

    /// <summary>Breaks off the poll under way, if there is one.</summary>
    /// <returns>That whoever waits for the answer has been told.</returns>
    public Task BreakOffAsync()
    {
        lock (this)
        {
            // With the lock held, for its source serves another's poll afterwards; and on another thread, for what goes on then takes locks of its own.
            return _poll?.CancelAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>Says that the login has ended, and breaks off the poll under way, if there is one.</summary>
    public void End()
    {
        lock (this)
        {
            IsEnded = true;
            _ = BreakOffAsync();
        }
    }
}
