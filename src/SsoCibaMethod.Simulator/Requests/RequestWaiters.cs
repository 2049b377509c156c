namespace SsoCibaMethod.Simulator.Requests;

/// <summary>Those who wait for a request to become something. Used inside the lock of the book.</summary>
internal sealed class RequestWaiters
{
    private readonly List<(Func<CibaSimulatorRequest, bool> Match, TaskCompletionSource<CibaSimulatorRequest> Found)> _waiting = [];

    public bool Any => _waiting.Count > 0;

    public Task<CibaSimulatorRequest> Add(Func<CibaSimulatorRequest, bool> match)
    {
        // Continuations run elsewhere: a test that goes on must not do so inside the lock.
        var found = new TaskCompletionSource<CibaSimulatorRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((match, found));
        return found.Task;
    }

    public void Tell(CibaSimulatorRequest request) =>
        _waiting.RemoveAll(waiter => waiter.Match(request) && waiter.Found.TrySetResult(request));
}
