namespace SsoCibaMethod.Polling;

/// <summary>How many logins of one method may wait for an answer of its OP at once: one OP that does not answer must not hold up another's logins.</summary>
internal sealed class MethodGate
{
    // An OP may hold a poll for 30 seconds; a held poll uses no thread.
    private const int Places = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<PollSlot> _waiting = new();
    private int _taken;

    /// <summary>Takes a place for the slot, or puts it in line.</summary>
    public bool TryEnter(PollSlot slot)
    {
        lock (_gate)
        {
            if (_taken == Places)
            {
                _waiting.Enqueue(slot);
                return false;
            }

            _taken++;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <returns>The slot that has it now; <see langword="null"/> where nobody waits.</returns>
    public PollSlot? Leave()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next))
            {
                if (!next.IsEnded)
                {
                    return next;
                }
            }

            _taken--;
            return null;
        }
    }
}
