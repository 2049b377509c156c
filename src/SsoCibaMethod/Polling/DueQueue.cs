namespace SsoCibaMethod.Polling;

/// <summary>What is due when: the slots in the order of their time. A slot is in it once at most.</summary>
internal sealed class DueQueue
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(PollSlot Slot, int Ticket), TimeSpan> _queue = new();

    public void Add(PollSlot slot)
    {
        lock (_gate)
        {
            Enqueue(slot);
        }
    }

    /// <summary>Puts a slot that waits here to its new time; one that is being served comes back with it.</summary>
    /// <returns>Whether it was here.</returns>
    public bool Move(PollSlot slot)
    {
        lock (_gate)
        {
            if (slot.IsQueued)
            {
                Enqueue(slot);
            }

            return slot.IsQueued;
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
            while (_queue.TryPeek(out var entry, out var at))
            {
                var isStale = entry.Slot.IsEnded || entry.Ticket != entry.Slot.Ticket;
                if (!isStale && at > now)
                {
                    return at - now;
                }

                _ = _queue.Dequeue();
                if (!isStale)
                {
                    entry.Slot.IsQueued = false;
                    due.Add(entry.Slot);
                }
            }

            return null;
        }
    }

    // An entry cannot be taken out of the middle; a newer ticket makes it count for nothing.
    private void Enqueue(PollSlot slot)
    {
        slot.IsQueued = true;
        _queue.Enqueue((slot, ++slot.Ticket), slot.Due);
    }
}
