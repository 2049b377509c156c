namespace SsoCibaMethod.Polling;

/// <summary>What is due when, in groups that leave together. A slot is in it once at most.</summary>
/// <remarks>
/// At thousands of polls a second the waking of threads for each, and for its answer, costs more than the poll. So those that are due shortly after another leave with it, when the last
/// of them is due: never early, a little late. Who left together comes back together, and hardly waits for the others then.
/// </remarks>
internal sealed class DueQueue
{
    // From the first that is due to the last: nobody waits longer for the others, or sees such a wait beside an interval of seconds.
    private static readonly TimeSpan Width = TimeSpan.FromMilliseconds(30);

    // All of a group are begun by one thread, and groups that meet must not become one for good.
    private const int Most = 256;

    private const int MostSpares = 8;

    private readonly Lock _gate = new();

    // By the width's worth of time in which the one is due that each began with.
    private readonly Dictionary<long, Group> _open = [];
    private readonly PriorityQueue<Group, TimeSpan> _groups = new();
    private readonly PriorityQueue<PollSlot, TimeSpan> _alone = new();

    // What groups were made of: they come and go many times a second.
    private readonly Stack<List<(PollSlot Slot, TimeSpan Due)>> _spares = new();

    /// <summary>Puts a slot in, to leave with those that are due about when it is.</summary>
    /// <returns>Whether a group begins with it that leaves before the others.</returns>
    public bool Add(PollSlot slot)
    {
        lock (_gate)
        {
            return TryPlace(slot, out var due) && Join(slot, due);
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

            if (TryPlace(slot, out var due))
            {
                _alone.Enqueue(slot, due);
            }

            return true;
        }
    }

    /// <summary>Takes out what is to leave.</summary>
    /// <param name="now">The present.</param>
    /// <param name="due">Gets what is to leave.</param>
    /// <returns>How long until it is to be asked again; <see langword="null"/> where nothing is here.</returns>
    public TimeSpan? Take(TimeSpan now, List<PollSlot> due)
    {
        lock (_gate)
        {
            while (NextAlone() <= now)
            {
                Leave(_alone.Dequeue(), due);
            }

            while (NextGroup() <= now)
            {
                Leave(_groups.Dequeue(), due);
            }

            var next = NextGroup();
            var alone = NextAlone();
            return (next is null || alone < next ? alone : next) - now;
        }
    }

    // An entry cannot be taken out of the middle; that the slot is queued for another time makes it count for nothing.
    private static bool IsQueuedFor(PollSlot slot, TimeSpan at) => !slot.IsEnded && slot.QueuedFor == at;

    private static long PeriodOf(TimeSpan due) => due.Ticks / Width.Ticks;

    private static bool TryPlace(PollSlot slot, out TimeSpan due)
    {
        due = slot.Due;
        var isNew = due != slot.QueuedFor;
        slot.QueuedFor = due;
        return isNew;
    }

    private static void Leave(PollSlot slot, List<PollSlot> due)
    {
        slot.QueuedFor = PollSlot.NotQueued;
        due.Add(slot);
    }

    private bool Join(PollSlot slot, TimeSpan due)
    {
        var period = PeriodOf(due);
        if ((OpenFor(period - 1, due) ?? OpenFor(period, due) ?? OpenFor(period + 1, due)) is { } group)
        {
            group.Add(slot, due);
            return false;
        }

        var isFirst = !(NextGroup() < due);
        group = new Group(period, due, _spares.TryPop(out var members) ? members : []);
        group.Add(slot, due);
        _open[period] = group;
        _groups.Enqueue(group, due);
        return isFirst;
    }

    private Group? OpenFor(long period, TimeSpan due) => _open.TryGetValue(period, out var group) && group.Admits(due) ? group : null;

    private void Leave(Group group, List<PollSlot> due)
    {
        if (_open.TryGetValue(group.Period, out var open) && open == group)
        {
            _ = _open.Remove(group.Period);
        }

        foreach (var (slot, at) in group.Members)
        {
            if (IsQueuedFor(slot, at))
            {
                Leave(slot, due);
            }
        }

        if (_spares.Count < MostSpares)
        {
            group.Members.Clear();
            _spares.Push(group.Members);
        }
    }

    private TimeSpan? NextGroup()
    {
        while (_groups.TryPeek(out var group, out var at))
        {
            if (at == group.LeavesAt)
            {
                return at;
            }

            // Others that are due later have joined it.
            _ = _groups.DequeueEnqueue(group, group.LeavesAt);
        }

        return null;
    }

    private TimeSpan? NextAlone()
    {
        while (_alone.TryPeek(out var slot, out var at))
        {
            if (IsQueuedFor(slot, at))
            {
                return at;
            }

            _ = _alone.Dequeue();
        }

        return null;
    }

    /// <summary>Those that are due about the same time. Answers are served by several threads: they do not quite come in the order of time.</summary>
    private sealed class Group(long period, TimeSpan due, List<(PollSlot Slot, TimeSpan Due)> members)
    {
        private TimeSpan _firstDue = due;

        public long Period => period;

        public List<(PollSlot Slot, TimeSpan Due)> Members => members;

        /// <summary>When the last of them is due.</summary>
        public TimeSpan LeavesAt { get; private set; } = due;

        public bool Admits(TimeSpan due) => members.Count < Most && due - _firstDue <= Width && LeavesAt - due <= Width;

        public void Add(PollSlot slot, TimeSpan due)
        {
            members.Add((slot, due));
            _firstDue = due < _firstDue ? due : _firstDue;
            LeavesAt = due > LeavesAt ? due : LeavesAt;
        }
    }
}
