namespace SsoCibaMethod.Polling;

/// <summary>What is due when: the slots in the order of their time. A slot is in it once at most.</summary>
internal sealed class DueQueue
{
    // At thousands of polls a second a timer for each would cost more than the poll. What is due within such a time leaves together at its end: never early, a little
    // late, and what left together comes back together.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<PollSlot, TimeSpan> _queue = new();

    /// <summary>Puts a slot in, for the end of the tick in which it is due.</summary>
    /// <returns>Whether it is due before all that was here.</returns>
    public bool Add(PollSlot slot)
    {
        lock (_gate)
        {
            return Enqueue(slot, EndOfTick(slot.Due));
        }
    }

    /// <summary>Puts a slot that waits here to its new time, for something happened to it alone; one that is being served comes back with it.</summary>
    /// <returns>Whether it was here, and is due before all that was.</returns>
    public bool Move(PollSlot slot)
    {
        lock (_gate)
        {
            return slot.QueuedFor != PollSlot.NotQueued && Enqueue(slot, slot.Due);
        }
    }

    /// <summary>Takes out all that is due.</summary>
    /// <param name="now">The present.</param>
    /// <param name="due">Gets what is due.</param>
    /// <returns>How long until the next is; <see langword="null"/> where there is none.</returns>
    public TimeSpan? Take(TimeSpan now, List<PollSlot> due)
    {
        lock (_gate)
        {
            while (_queue.TryPeek(out var slot, out var at))
            {
                var isStale = slot.IsEnded || at != slot.QueuedFor;
                if (!isStale && at > now)
                {
                    return at - now;
                }

                _ = _queue.Dequeue();
                if (!isStale)
                {
                    slot.QueuedFor = PollSlot.NotQueued;
                    due.Add(slot);
                }
            }

            return null;
        }
    }

    private static TimeSpan EndOfTick(TimeSpan due) => new((due.Ticks + Tick.Ticks - 1) / Tick.Ticks * Tick.Ticks);

    // An entry cannot be taken out of the middle; that the slot is queued for another time makes it count for nothing.
    private bool Enqueue(PollSlot slot, TimeSpan due)
    {
        var isFirst = !_queue.TryPeek(out _, out var next) || due <= next;
        if (due != slot.QueuedFor)
        {
            slot.QueuedFor = due;
            _queue.Enqueue(slot, due);
        }

        return isFirst;
    }
}
