namespace SsoCibaMethod.Polling;

/// <summary>
/// How many logins of one method may wait for an answer of its OP at once: one OP that does not answer must not hold up another's logins, and many that are due together must
/// not each begin a connection. There are few places at first, more for an OP that is slow or holds polls, and few again afterwards.
/// </summary>
/// <param name="begin">Begins for a slot in line that gets a place which nobody left.</param>
/// <param name="time">The clock.</param>
internal sealed class MethodGate(Action<PollSlot> begin, TimeProvider time)
{
    private const int First = 64;

    // An OP may hold a poll for 30 seconds; a held poll uses no thread.
    private const int Most = 1_000;

    // Longer than most OPs take to answer.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Queue<PollSlot> _waiting = new();
    private ITimer? _timer;
    private int _places = First;
    private int _taken;

    /// <summary>Takes a place for the slot, or puts it in line.</summary>
    public bool TryEnter(PollSlot slot)
    {
        lock (_gate)
        {
            if (_taken < _places)
            {
                _taken++;
                return true;
            }

            _waiting.Enqueue(slot);
            if (_waiting.Count == 1 && _places < Most)
            {
                _timer ??= time.CreateTimer(_ => Widen(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _ = _timer.Change(Patience, Timeout.InfiniteTimeSpan);
            }

            return false;
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <returns>The slot that has it now; <see langword="null"/> where nobody waits.</returns>
    public PollSlot? Leave()
    {
        lock (_gate)
        {
            var next = Next();
            if (next is null)
            {
                _taken--;
                _places = Math.Min(_places, _taken + First);
            }

            return next;
        }
    }

    private void Widen()
    {
        List<PollSlot> next = [];
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            _places = Math.Min(2 * _places, Most);
            while (_taken < _places && Next() is { } slot)
            {
                _taken++;
                next.Add(slot);
            }

            if (_waiting.Count > 0 && _places < Most)
            {
                _ = _timer!.Change(Patience, Timeout.InfiniteTimeSpan);
            }
        }

        next.ForEach(begin);
    }

    private PollSlot? Next()
    {
        while (_waiting.TryDequeue(out var next))
        {
            if (!next.IsEnded)
            {
                return next;
            }
        }

        return null;
    }
}
