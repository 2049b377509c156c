namespace SsoCibaMethod.Polling;

/// <summary>What is due when: the slots in the order of their time.</summary>
internal sealed class DueQueue
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<PollSlot, TimeSpan> _queue = new();

    public void Add(PollSlot slot)
    {
        lock (_gate)
        {
            _queue.Enqueue(slot, slot.Schedule.Due);
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
                if (!slot.IsEnded && at > now)
                {
                    return at - now;
                }

                _ = _queue.Dequeue();
                if (!slot.IsEnded)
                {
                    due.Add(slot);
                }
            }

            return null;
        }
    }
}
