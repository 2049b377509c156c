namespace SsoCibaMethod.Client;

/// <summary>What the OP's calls said, kept for the wait: each ping once, and the first push for good.</summary>
internal sealed class NotificationInbox
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<CibaNotification> _pushed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _pinged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the outcome the OP pushed.</summary>
    public Task<CibaNotification> Pushed => _pushed.Task;

    /// <summary>Completes when there is a ping to be taken.</summary>
    public Task Pinged
    {
        get
        {
            lock (_gate)
            {
                return _pinged.Task;
            }
        }
    }

    public void Put(CibaNotification notification)
    {
        if (notification is not CibaNotification.Ping)
        {
            _ = _pushed.TrySetResult(notification);
            return;
        }

        lock (_gate)
        {
            _ = _pinged.TrySetResult();
        }
    }

    public bool TakePing()
    {
        lock (_gate)
        {
            if (!_pinged.Task.IsCompleted)
            {
                return false;
            }

            _pinged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }
}
