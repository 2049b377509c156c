using System.Net;
using System.Net.Sockets;

namespace SsoCibaMethod.Testing;

/// <summary>A way between two programs on this machine that can be cut, go silent, or be slow.</summary>
public sealed class TcpGate : IAsyncDisposable
{
    private readonly int _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Task _accepting;

    private TaskCompletionSource _isThrough = Opened();
    private bool _isCut;

    private TcpGate(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The port on this machine at which it begins.</summary>
    public int Port { get; }

    /// <summary>How long each piece of an answer is held up.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Opens a way to a port of this machine.</summary>
    public static TcpGate To(int port) => new(port);

    /// <summary>Breaks what is connected, and every new connection at once.</summary>
    public void Cut()
    {
        List<Socket> open;
        lock (_gate)
        {
            _isCut = true;
            open = [.. _open];
        }

        open.ForEach(socket => socket.Dispose());
    }

    /// <summary>Lets nothing through, and tells neither side: a network that drops every packet.</summary>
    public void FallSilent() => _isThrough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets everything through again.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _isCut = false;
        }

        _isThrough.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = JoinAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task JoinAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            lock (_gate)
            {
                if (_isCut)
                {
                    return;
                }

                _ = _open.Add(near);
                _ = _open.Add(far);
            }

            await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            near.NoDelay = far.NoDelay = true;
            await await Task.WhenAny(PumpAsync(near, far, isAnswer: false), PumpAsync(far, near, isAnswer: true));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, or one side has left.
        }
        finally
        {
            near.Dispose();
            lock (_gate)
            {
                _ = _open.Remove(near);
                _ = _open.Remove(far);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[16_384];
        int count;
        while ((count = await from.ReceiveAsync(buffer, _end.Token)) > 0)
        {
            await _isThrough.Task.WaitAsync(_end.Token);
            if (isAnswer && Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, TimeProvider.System, _end.Token);
            }

            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _end.Token);
            }
        }
    }
}
