using System.Threading.Channels;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.PostgreSql.Store;

/// <summary>What happens to the records of one node: as it is heard, and, where nothing was heard of it, as it is found when all of them are looked at again.</summary>
internal sealed class NodeWatch(string node, Action<NodeWatch> end) : IDisposable
{
    private readonly Channel<PendingLoginNews> _news = Channel.CreateUnbounded<PendingLoginNews>();
    private Dictionary<string, long> _known = new(StringComparer.Ordinal);

    public string Node => node;

    public ChannelReader<PendingLoginNews> News => _news.Reader;

    public void Tell(string id, bool isPing) => _news.Writer.TryWrite(new PendingLoginNews(id, isPing));

    /// <summary>Compares what the node owns with what it owned before. What began and ended in between is not found; its polls go on, and nothing comes of them.</summary>
    /// <param name="owned">The records it owns, with their versions.</param>
    /// <param name="isDeaf">Whether nothing was heard before: what is owned since then may have been changed as well.</param>
    public void Compare(Dictionary<string, long> owned, bool isDeaf)
    {
        var changed = _known.Where(known => owned.GetValueOrDefault(known.Key) != known.Value).Select(known => known.Key);
        foreach (var id in isDeaf ? changed.Union(owned.Keys.Except(_known.Keys)) : changed)
        {
            Tell(id, isPing: false);
        }

        _known = owned;
    }

    public void Dispose() => end(this);
}
