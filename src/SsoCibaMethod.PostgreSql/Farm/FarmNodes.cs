using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.DataProtection;

namespace SsoCibaMethod.PostgreSql.Farm;

/// <summary>What the nodes of a farm know of each other: a word that each writes under its data protection when it joins, and that somebody has joined.</summary>
internal sealed class FarmNodes(IDataProtectionProvider dataProtection)
{
    private static readonly byte[] Word = Encoding.UTF8.GetBytes("SsoCibaMethod");

    private readonly IDataProtector _protector = dataProtection.CreateProtector("SsoCibaMethod", "FarmCheck", "v1");
    private readonly ConcurrentDictionary<string, bool> _own = new(StringComparer.Ordinal);
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The names this process has joined by: a node that lost its lease joins anew under another.</summary>
    public ICollection<string> Own => _own.Keys;

    /// <summary>Notes a name of this process.</summary>
    /// <returns>What the others test themselves by; <see langword="null"/> where there are no keys to protect it with, which its logins will tell.</returns>
    public byte[]? Join(string node)
    {
        _own[node] = true;
        try
        {
            return _protector.Protect(Word);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Says that nodes may have joined.</summary>
    public void Changed() => _changes.Writer.TryWrite(true);

    /// <summary>Waits until nodes may have joined.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => _ = await _changes.Reader.ReadAsync(cancellationToken);

    /// <returns>Why this node cannot read what another protects; <see langword="null"/> where it can.</returns>
    public string? Fault(byte[] probe)
    {
        try
        {
            _ = _protector.Unprotect(probe);
            return null;
        }
        catch (CryptographicException exception)
        {
            return exception.Message;
        }
    }
}
