namespace SsoCibaMethod.Polling;

/// <summary>What is due when: the slots in the order of their time. A slot is in it once at most.</summary>
/// <remarks>
/// At thousands of polls a second the waking of threads for each, and for its answer, costs more than the poll. So who is due shortly after one another leaves together when
/// the last of them is due: never early, a little late. Who left together comes back together, and hardly waits for the others then.
/// </remarks>
internal sealed class DueQueue
{
    // Wider than the answers to a group lie apart, narrower than two groups do.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(10);

    // Nobody sees such a wait beside an interval of seconds.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    // Each of a group is begun by the same thread, and groups that meet must not become one for good.
    private const int Most = 128;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<PollSlot, TimeSpan> _queue = new();
    private readonly PriorityQueue<PollSlot, TimeSpan> _alone = new();
    private readonly List<PollSlot> _group = [];
    private TimeSpan _leavesAt;

    /// <summary>Puts a slot in, to leave with those that are due shortly after it.</summary>
    /// <returns>Whether it is due before all that was here.</returns>
    public bool Add(PollSlot slot)
    {
        lock (_gate)
        {
            var isFirst = !_queue.TryPeek(out _, out var next) || slot.Due <= next;
            Enqueue(_queue, slot);
            return isFirst;
        }
    }

    /// <summary>Puts a slot that waits here to its new time, for something happened to it alone; one that is being served comes back with it.</summary>
    /// <returns>Whether it was here.</returns>
    public bool Move(PollSlot slot)
    {
        lock (_gate)
        {
            if (slot.QueuedFor == PollSlot.NotQueued)
            {
                return false;
            }

            Enqueue(_alone, slot);
            return true;
        }
    }

    /// <summary>Takes out what is to leave, together.</summary>
    /// <param name="now">The present.</param>
    /// <param name="due">Gets what is to leave.</param>
    /// <returns>How long until it is to be asked again; zero where more may be to leave now, <see langword="null"/> where nothing is here.</returns>
    public TimeSpan? Take(TimeSpan now, List<PollSlot> due)
    {
        lock (_gate)
        {
            while (due.Count < Most && NextOf(_alone) <= now)
            {
                Leave(_alone.Dequeue(), due);
            }

            if (due.Count > 0)
            {
                return TimeSpan.Zero;
            }

            if (_group.Count == 0 && NextOf(_queue) is { } first && first <= now)
            {
                Gather(first);
            }

            if (_group.Count > 0 && _leavesAt <= now)
            {
                foreach (var slot in _group.Where(slot => IsQueuedFor(slot, _leavesAt)))
                {
                    Leave(slot, due);
                }

                _group.Clear();
                return TimeSpan.Zero;
            }

            var next = _group.Count > 0 ? _leavesAt : NextOf(_queue);
            var alone = NextOf(_alone);
            return (next is null || alone < next ? alone : next) - now;
        }
    }

    private static bool IsQueuedFor(PollSlot slot, TimeSpan at) => !slot.IsEnded && slot.QueuedFor == at;

    private static void Leave(PollSlot slot, List<PollSlot> due)
    {
        slot.QueuedFor = PollSlot.NotQueued;
        due.Add(slot);
    }

    // An entry cannot be taken out of the middle; that the slot is queued for another time makes it count for nothing.
    private static void Enqueue(PriorityQueue<PollSlot, TimeSpan> queue, PollSlot slot)
    {
        var due = slot.Due;
        if (due != slot.QueuedFor)
        {
            slot.QueuedFor = due;
            queue.Enqueue(slot, due);
        }
    }

    private static TimeSpan? NextOf(PriorityQueue<PollSlot, TimeSpan> queue)
    {
        while (queue.TryPeek(out var slot, out var at))
        {
            if (IsQueuedFor(slot, at))
            {
                return at;
            }

            _ = queue.Dequeue();
        }

        return null;
    }

    private void Gather(TimeSpan first)
    {
        _leavesAt = first;
        while (_group.Count < Most && NextOf(_queue) is { } at && at - first <= Longest && at - _leavesAt <= Apart)
        {
            _leavesAt = at;
            _group.Add(_queue.Dequeue());
        }

        _group.ForEach(slot => slot.QueuedFor = _leavesAt);
    }
}
