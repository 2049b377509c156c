using System.Runtime.CompilerServices;

namespace SsoCibaMethod.PendingLogins;

/// <summary>The store failed: whoever waits goes on when it is back, and one line of the log tells of it, not one for everybody who asked.</summary>
internal sealed class StoreException(Exception cause) : Exception("The store of the pending logins failed.", cause)
{
    /// <summary>Asks the store, and marks its failure as such.</summary>
    public static async Task<T> MarkAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new StoreException(exception);
        }
    }

    /// <summary>Asks the store, and marks its failure as such.</summary>
    public static Task MarkAsync(Func<Task> ask) => MarkAsync(async () =>
    {
        await ask();
        return true;
    });

    /// <summary>Listens to the store, and marks its failure as such.</summary>
    public static async IAsyncEnumerable<T> MarkAsync<T>(Func<IAsyncEnumerable<T>> listen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var heard = await MarkAsync(() => Task.FromResult(listen().GetAsyncEnumerator(cancellationToken)));
        while (await MarkAsync(() => heard.MoveNextAsync().AsTask()))
        {
            yield return heard.Current;
        }
    }
}
