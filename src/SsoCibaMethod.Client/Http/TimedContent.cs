using System.Net;

namespace SsoCibaMethod.Client;

/// <summary>
/// Content that notes when it leaves: connecting may take seconds, and they are not the OP's. The interval of polls counts from the sending (CIBA Core §10.1).
/// </summary>
internal sealed class TimedContent(byte[] content, TimeProvider time) : ByteArrayContent(content)
{
    /// <summary>When it left; <see langword="null"/> where it has not.</summary>
    public long? LeftAt { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        LeftAt = time.GetTimestamp();
        return base.SerializeToStreamAsync(stream, context);
    }
}
