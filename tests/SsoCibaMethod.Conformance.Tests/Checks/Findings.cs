using System.Collections.Concurrent;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What the OP saw that a client must not do, each with the rule it breaks. What only warns in the suite is a finding here.</summary>
internal sealed class Findings
{
    private readonly ConcurrentQueue<string> _all = new();

    public IReadOnlyCollection<string> All => _all;

    public void Require(bool holds, string rule, string broken)
    {
        if (!holds)
        {
            _all.Enqueue($"{rule}: {broken}");
        }
    }
}
