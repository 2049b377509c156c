using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>About changes, who hears of them, and which node works for which record.</summary>
public abstract partial class PendingLoginStoreContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Ended = TimeSpan.Zero;

    [StoreFact]
    public async Task A_record_comes_back_as_it_was_given()
    {
        var store = await CreateAsync();
        var record = await AddAsync(store, A, record => record with { NotificationTokenHash = "token", Payload = new byte[] { 0, 1, 255 } });

        foreach (var read in new[] { await store.ReadAsync(record.Id, default), await store.FindByNotificationTokenHashAsync("token", default) })
        {
            Assert.Equal(record with { Payload = default }, read! with { Payload = default });
            Assert.Equal(record.Payload.ToArray(), read!.Payload.ToArray());
        }

        Assert.Null(await store.ReadAsync("another", default));
        Assert.Null(await store.FindByNotificationTokenHashAsync("another", default));
    }

    [StoreFact]
    [Trait("Spec", "S-13")]
    public async Task Of_many_changes_of_one_version_one_is_made()
    {
        var store = await CreateAsync();
        var record = await AddAsync(store, 0);

        var made = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => store.ReplaceAsync(record with { Version = 2, Owner = $"{i}" }, default))));

        Assert.Single(made, isMade => isMade);
        Assert.Equal($"{Array.IndexOf(made, true)}", (await store.ReadAsync(record.Id, default))!.Owner);
        Assert.False(await store.ReplaceAsync(record with { Version = 4 }, default));
        Assert.False(await store.ReplaceAsync(record with { Id = "another", Version = 2 }, default));
    }

    [StoreFact]
    public async Task Who_waits_hears_of_a_change_and_at_once_where_it_was_made_before()
    {
        var store = await CreateAsync();
        var record = await AddAsync(store, 0);

        var first = store.WaitForChangeAsync(record.Id, 1, default);
        var second = store.WaitForChangeAsync(record.Id, 1, default);
        Assert.True(await store.ReplaceAsync(record with { Version = 2 }, default));
        await Task.WhenAll(first, second, store.WaitForChangeAsync(record.Id, 1, default), store.WaitForChangeAsync("another", 1, default));

        using var cancellation = new CancellationTokenSource();
        var third = store.WaitForChangeAsync(record.Id, 2, cancellation.Token);
        Assert.False(third.IsCompletedSuccessfully);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
    }

    [StoreFact]
    [Trait("Spec", "S-24")]
    public async Task The_owner_hears_of_what_others_change_and_of_calls_of_the_OP()
    {
        var store = await CreateAsync();
        Assert.True(await store.HeartbeatAsync("node", Lease, isNew: true, default));
        var record = await AddAsync(store, 0);
        var others = await AddAsync(store, 0, record => record with { Owner = "another node" });
        await using var news = store.WatchAsync("node", default).GetAsyncEnumerator();

        // Somebody may listen a moment later than this returns; a change is told again until it is heard.
        var next = news.MoveNextAsync().AsTask();
        Assert.True(await store.ReplaceAsync(others with { Version = 2 }, default));
        var version = 1;
        while (!next.IsCompleted)
        {
            Assert.True(await store.ReplaceAsync(record with { Version = ++version }, default));
        }

        Assert.True(await next);
        Assert.Equal(new PendingLoginNews(record.Id, IsPing: false), news.Current);
        await store.PingAsync(record.Id, default);
        do
        {
            Assert.True(await news.MoveNextAsync());
            Assert.Equal(record.Id, news.Current.Id);
        }
        while (!news.Current.IsPing);
    }

    [StoreFact]
    [Trait("Spec", "C-63")]
    public async Task What_a_dead_node_left_is_taken_over_once_and_the_dead_one_is_told()
    {
        const int Many = 100;
        var store = await CreateAsync();
        Assert.True(await store.HeartbeatAsync("dead", Ended, isNew: true, default));
        Assert.True(await store.HeartbeatAsync("alive", Lease, isNew: true, default));
        Assert.True(await store.HeartbeatAsync("idle", Lease, isNew: true, default));
        var left = new List<string>();
        for (var i = 0; i < Many; i++)
        {
            left.Add((await AddAsync(store, 0, record => record with { Owner = "dead", State = i % 2 == 0 ? PendingLoginState.Starting : PendingLoginState.Waiting })).Id);
        }

        _ = await AddAsync(store, 0, record => record with { Owner = "alive" });
        _ = await AddAsync(store, 0, record => record with { Owner = null, State = PendingLoginState.Declined });

        var taken = await Task.WhenAll(Enumerable.Range(0, 2 * Many).Select(i => Task.Run(async () => (await store.ClaimAsync(i % 2 == 0 ? "alive" : "idle", 3, default)).ToList())));

        var records = taken.SelectMany(records => records).ToList();
        Assert.Equal(left.Order(), records.Select(record => record.Id).Order());
        Assert.All(records, record => Assert.Equal(2, record.Version));
        Assert.All(taken, records => Assert.InRange(records.Count, 0, 3));
        foreach (var record in records)
        {
            Assert.Equal(record.Owner, (await store.ReadAsync(record.Id, default))!.Owner);
        }

        Assert.False(await store.HeartbeatAsync("dead", Lease, isNew: false, default));
        Assert.True(await store.HeartbeatAsync("alive", Lease, isNew: false, default));
        Assert.False(await store.HeartbeatAsync("never seen", Lease, isNew: false, default));
    }

    [StoreFact]
    [Trait("Spec", "C-63")]
    public async Task A_node_that_leaves_hands_over_what_waits_but_for_what_it_keeps_and_in_the_end_all()
    {
        var store = await CreateAsync();
        Assert.True(await store.HeartbeatAsync("node", Lease, isNew: true, default));
        Assert.True(await store.HeartbeatAsync("next", Lease, isNew: true, default));
        var starting = await AddAsync(store, 0);
        var kept = await AddAsync(store, 0, record => record with { State = PendingLoginState.Waiting });
        var idle = await AddAsync(store, 0, record => record with { State = PendingLoginState.Waiting });

        await store.HandOverAsync("node", [kept.Id], default);
        Assert.Equal([idle.Id], (await store.ClaimAsync("next", 10, default)).Select(record => record.Id));
        Assert.True(await store.HeartbeatAsync("node", Lease, isNew: false, default));

        await store.ReleaseAsync("node", default);
        Assert.Equal(new[] { starting.Id, kept.Id }.Order(), (await store.ClaimAsync("next", 10, default)).Select(record => record.Id).Order());
        Assert.False(await store.HeartbeatAsync("node", Lease, isNew: false, default));
    }
}
