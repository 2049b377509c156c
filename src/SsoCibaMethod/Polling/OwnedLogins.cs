using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SsoCibaMethod.Polling;

/// <summary>The logins this node owns and works for, under the name it has at present.</summary>
internal sealed class OwnedLogins
{
    private readonly ConcurrentDictionary<string, PollSlot> _slots = new(StringComparer.Ordinal);

    /// <summary>This node's name, by which records say who owns them.</summary>
    public string Node { get; private set; } = NewNode();

    public int Count => _slots.Count;

    /// <summary>How many there are of each method.</summary>
    public IEnumerable<KeyValuePair<string, int>> CountByMethod() => _slots.CountBy(slot => slot.Value.Method.Scheme);

    public int CountOf(string scheme) => _slots.Count(slot => slot.Value.Method.Scheme == scheme);

    /// <returns>Whether it was not known yet.</returns>
    public bool TryAdd(PollSlot slot) => _slots.TryAdd(slot.Id, slot);

    public PollSlot? Find(string id) => _slots.GetValueOrDefault(id);

    /// <summary>Stops working for a login, also in mid-poll.</summary>
    public void Forget(PollSlot slot)
    {
        // This one and no other: the login may have been taken over anew since somebody looked at it.
        _ = _slots.TryRemove(KeyValuePair.Create(slot.Id, slot));
        slot.End();
    }

    /// <summary>Forgets what nothing is under way for.</summary>
    /// <returns>The others.</returns>
    public IReadOnlyCollection<string> ForgetIdle()
    {
        foreach (var slot in _slots.Values.Where(slot => !slot.IsBusy))
        {
            Forget(slot);
        }

        return [.. _slots.Keys];
    }

    /// <summary>Breaks off every poll under way.</summary>
    /// <returns>That whoever waits for an answer has been told.</returns>
    public Task BreakOffAsync() => Task.WhenAll(_slots.Values.Select(slot => slot.BreakOffAsync()));

    /// <summary>
    /// Takes a new name and forgets what it owned, which may be others' now; but for what only has to be written: tokens count from any node, and nobody else has them.
    /// </summary>
    /// <returns>The name.</returns>
    public string Rejoin()
    {
        // First: what is begun meanwhile is seen to be another's.
        Node = NewNode();
        foreach (var slot in _slots.Values.Where(slot => slot.LastWord is null))
        {
            Forget(slot);
        }

        return Node;
    }

    private static string NewNode() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
