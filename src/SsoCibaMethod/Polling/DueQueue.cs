namespace SsoCibaMethod.Polling;

/// <summary>What is due when: the slots in the order of their time. A slot is in it once at most.</summary>
internal sealed class DueQueue
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<PollSlot, TimeSpan> _queue = new();

    /// <summary>Puts a slot in.</summary>
    /// <returns>Whether it is due before all that was here.</returns>
    public bool Add(PollSlot slot)
    {
        lock (_gate)
        {
            return Enqueue(slot);
        }
    }

    /// <summary>Puts a slot that waits here to its new time; one that is being served comes back with it.</summary>
    /// <returns>Whether it was here, and is due before all that was.</returns>
    public bool Move(PollSlot slot)
    {
        lock (_gate)
        {
            return slot.QueuedFor != PollSlot.NotQueued && Enqueue(slot);
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

    // An entry cannot be taken out of the middle; that the slot is queued for another time makes it count for nothing.
    private bool Enqueue(PollSlot slot)
    {
        var due = slot.Due;
        var isFirst = !_queue.TryPeek(out _, out var next) || due <= next;
        if (due != slot.QueuedFor)
        {
            slot.QueuedFor = due;
            _queue.Enqueue(slot, due);
        }

        return isFirst;
    }
}
