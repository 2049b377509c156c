using System.Runtime.InteropServices;

namespace SsoCibaMethod.PendingLogins;

/// <summary>
/// Keeps pending logins and says which node polls which. A record has one owner, a node; a node is alive while its lease lasts. Records change by
/// compare-and-set only. What is confidential arrives protected already.
/// </summary>
public interface IPendingLoginStore
{
    /// <summary>Adds a record if there is none with its id.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was added.</returns>
    Task<bool> CreateAsync(PendingLoginRecord record, CancellationToken cancellationToken);

    /// <summary>Reads a record.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The record; <see langword="null"/> where there is none.</returns>
    Task<PendingLoginRecord?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Finds the login that a notification of the OP is about, by the token in it.</summary>
    /// <param name="tokenHash">The hash of the token, as <see cref="PendingLoginRecord.NotificationTokenHash"/> has it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The record; <see langword="null"/> where there is none.</returns>
    Task<PendingLoginRecord?> FindByNotificationTokenHashAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>Replaces a record if the stored one still has the version before <paramref name="record"/>'s.</summary>
    /// <param name="record">The new record; its version is one above the one that was read.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was replaced.</returns>
    Task<bool> ReplaceAsync(PendingLoginRecord record, CancellationToken cancellationToken);

    /// <summary>Waits until a record's version is another than the one seen, or the record is gone.</summary>
    /// <param name="id">The record.</param>
    /// <param name="versionSeen">The version seen.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends with the change.</returns>
    Task WaitForChangeAsync(string id, long versionSeen, CancellationToken cancellationToken);

    /// <summary>Tells the node that owns a record that the OP called for it. Nothing is stored; a call that gets lost costs time only.</summary>
    /// <param name="id">The record.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task.</returns>
    Task PingAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Tells what happens to the records a node owns: that they were changed, by whomever, or that the OP called. A change is told once and must not get lost: a push is on the record then,
    /// and nobody else looks for it. So a store mends a broken connection itself, without ending the watch, and tells afterwards what was changed meanwhile; after a watch that failed, another is begun.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>What happened to which record.</returns>
    IAsyncEnumerable<PendingLoginNews> WatchAsync(string node, CancellationToken cancellationToken);

    /// <summary>Renews a node's lease, or makes it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="lease">How long the lease lasts from now.</param>
    /// <param name="isNew">Whether the node joins now.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether the node is alive; if not, all it owned is lost to it and it must join anew under another name.</returns>
    Task<bool> HeartbeatAsync(string node, TimeSpan lease, bool isNew, CancellationToken cancellationToken);

    /// <summary>Takes over open records that belong to no living node.</summary>
    /// <param name="node">The new owner.</param>
    /// <param name="maximum">How many at most.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What was taken over.</returns>
    Task<IReadOnlyList<PendingLoginRecord>> ClaimAsync(string node, int maximum, CancellationToken cancellationToken);

    /// <summary>Gives back the waiting logins a node owns, but for some; its lease goes on.</summary>
    /// <param name="node">The node.</param>
    /// <param name="kept">The records it keeps.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task.</returns>
    Task HandOverAsync(string node, IReadOnlyCollection<string> kept, CancellationToken cancellationToken);

    /// <summary>Gives back everything a node owns, and ends its lease.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task.</returns>
    Task ReleaseAsync(string node, CancellationToken cancellationToken);

    /// <summary>
    /// Tells what was started before a record with its <see cref="PendingLoginRecord.HintHash"/>, and what with its <see cref="PendingLoginRecord.AddressHash"/>, in the order in which
    /// records were added: of two records with one such hash, the one that was added later finds the other, also where both are added at the same moment. By this order two starts
    /// cannot both be the last one allowed.
    /// </summary>
    /// <param name="id">The record.</param>
    /// <param name="since">Records whose <see cref="PendingLoginRecord.EndsAt"/> is not later are left out.</param>
    /// <param name="maximum">How many at most of each.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What counts together with the record.</returns>
    Task<PendingLoginStarts> FindStartsBeforeAsync(string id, DateTimeOffset since, int maximum, CancellationToken cancellationToken);

    /// <summary>Deletes records whose time is over.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many.</returns>
    Task<int> DeleteExpiredAsync(CancellationToken cancellationToken);
}

/// <summary>What was started before a login and counts together with it, the newest first.</summary>
/// <param name="WithHint">With the same hint, or by the same known browser.</param>
/// <param name="FromAddress">From the same network.</param>
public sealed record PendingLoginStarts(IReadOnlyList<PendingLoginStart> WithHint, IReadOnlyList<PendingLoginStart> FromAddress);

/// <summary>What counts of a login that was started.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndsAt">When it ended; as long as it has not, when its present state ends at the latest.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PendingLoginStart(PendingLoginState State, DateTimeOffset StartedAt, DateTimeOffset EndsAt);

/// <summary>That something happened to a record.</summary>
/// <param name="Id">The record.</param>
/// <param name="IsPing">Whether the OP called; else the record was changed.</param>
public readonly record struct PendingLoginNews(string Id, bool IsPing);
