namespace SsoCibaMethod.Client.Tests;

/// <summary>A body of which nothing but the reading matters.</summary>
internal abstract class Body : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A body that never comes.</summary>
internal sealed class Slow : Body
{
    public int Reads { get; private set; }

    /// <summary>How much was ready to be taken at once.</summary>
    public int Asked { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Asked = buffer.Length;
        Reads++;
        var never = new TaskCompletionSource<int>();
        return await never.Task.WaitAsync(cancellationToken);
    }
}

/// <summary>A body that breaks off.</summary>
internal sealed class Broken(Exception cause) : Body
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException<int>(cause);
}

/// <summary>A body without an end; it stops at 64 MB for the sake of a test that would fail.</summary>
internal sealed class Endless : Body
{
    public long Given { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Given > 64 * 1024 * 1024)
        {
            return ValueTask.FromResult(0);
        }

        buffer.Span.Fill((byte)' ');
        Given += buffer.Length;
        return ValueTask.FromResult(buffer.Length);
    }
}

/// <summary>A handler with one answer.</summary>
internal sealed class Fixed(Func<HttpResponseMessage> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
}
