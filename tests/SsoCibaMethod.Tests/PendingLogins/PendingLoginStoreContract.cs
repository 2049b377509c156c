using System.Globalization;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>What every store keeps to: here about the starts that count together. A class per store derives from it.</summary>
public abstract partial class PendingLoginStoreContract
{
    private const long A = 1;
    private const long B = 2;
    private const long C = 3;
    private const long Net = 4;
    private const long OtherNet = -4;

    private int _count;

    protected ManualTimeProvider Clock { get; } = new();

    [StoreFact]
    public async Task A_record_finds_what_was_added_before_it_with_its_hint_the_newest_first()
    {
        var store = await CreateAsync();
        var first = await AddAsync(store, A);
        Clock.Advance(TimeSpan.FromSeconds(10));
        var second = await AddAsync(store, A);
        _ = await AddAsync(store, B);
        _ = await AddAsync(store, 0);
        var third = await AddAsync(store, A);
        _ = await AddAsync(store, A);

        Assert.Equal([Facts(second), Facts(first)], await FindAsync(store, third));
        Assert.Equal([Facts(first)], await FindAsync(store, second));
        Assert.Empty(await FindAsync(store, first));
        Assert.Equal([Facts(second)], await FindAsync(store, third, maximum: 1));
    }

    [StoreFact]
    public async Task It_finds_them_as_they_stand_now()
    {
        var store = await CreateAsync();
        var first = await AddAsync(store, A);
        var second = await AddAsync(store, A);

        var ended = first with { Version = 2, State = PendingLoginState.Declined, EndsAt = Clock.GetUtcNow().AddSeconds(7) };
        Assert.True(await store.ReplaceAsync(ended, default));

        Assert.Equal([Facts(ended)], await FindAsync(store, second));
    }

    [StoreFact]
    public async Task The_order_is_that_of_adding_whatever_the_records_say_of_time()
    {
        var store = await CreateAsync();
        var late = await AddAsync(store, A, record => record with { StartedAt = record.StartedAt.AddSeconds(5) });
        var early = await AddAsync(store, A, record => record with { StartedAt = record.StartedAt.AddSeconds(-5) });

        Assert.Empty(await FindAsync(store, late));
        Assert.Equal([Facts(late)], await FindAsync(store, early));
    }

    [StoreFact]
    public async Task What_lost_its_hint_or_ended_long_ago_or_was_deleted_is_left_out()
    {
        var store = await CreateAsync();
        var refused = await AddAsync(store, A);
        var old = await AddAsync(store, A, record => record with { EndsAt = Clock.GetUtcNow() });
        var deleted = await AddAsync(store, A, record => record with { KeepUntil = Clock.GetUtcNow() });
        var last = await AddAsync(store, A);

        Assert.True(await store.ReplaceAsync(refused with { Version = 2, HintHash = 0 }, default));
        Assert.Equal(1, await store.DeleteExpiredAsync(default));

        Assert.Empty(await FindAsync(store, last, since: Clock.GetUtcNow()));
        Assert.Equal([Facts(old)], await FindAsync(store, last, since: Clock.GetUtcNow().AddTicks(-1)));
        Assert.Null(await store.ReadAsync(deleted.Id, default));
    }

    [StoreFact]
    public async Task What_is_not_added_twice_is_not_counted_twice()
    {
        var store = await CreateAsync();
        var first = await AddAsync(store, A);
        Assert.False(await store.CreateAsync(first, default));
        var second = await AddAsync(store, A);

        Assert.Single(await FindAsync(store, second));
    }

    [StoreFact]
    [Trait("Spec", "S-41")]
    public async Task It_finds_what_has_its_hint_and_what_has_its_network_each_by_itself_in_one_call()
    {
        var store = await CreateAsync();
        var both = await AddAsync(store, A, From(Net));
        var sameHint = await AddAsync(store, A, From(OtherNet));
        var sameNetwork = await AddAsync(store, B, From(Net));
        _ = await AddAsync(store, Net, From(A));
        var nowhere = await AddAsync(store, C);
        var last = await AddAsync(store, A, From(Net));
        _ = await AddAsync(store, A, From(Net));

        var found = await store.FindStartsBeforeAsync(last.Id, default, 1_000, default);

        Assert.Equal([Facts(sameHint), Facts(both)], found.WithHint);
        Assert.Equal([Facts(sameNetwork), Facts(both)], found.FromAddress);
        Assert.Equal(last, (await store.ReadAsync(last.Id, default))! with { Payload = last.Payload });
        Assert.Empty((await store.FindStartsBeforeAsync(nowhere.Id, default, 1_000, default)).FromAddress);

        // A refused start keeps the one and loses the other.
        Assert.True(await store.ReplaceAsync(both with { Version = 2, HintHash = 0 }, default));
        Assert.True(await store.ReplaceAsync(sameHint with { Version = 2, AddressHash = 0 }, default));
        found = await store.FindStartsBeforeAsync(last.Id, default, 1, default);
        Assert.Equal([Facts(sameHint)], found.WithHint);
        Assert.Equal([Facts(sameNetwork)], found.FromAddress);
        Assert.Equal(2, (await store.FindStartsBeforeAsync(last.Id, default, 1_000, default)).FromAddress.Count);

        Func<PendingLoginRecord, PendingLoginRecord> From(long network) => record =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return record with { AddressHash = network, StartedAt = Clock.GetUtcNow() };
        };
    }

    [StoreFact]
    [Trait("Spec", "S-41")]
    public async Task Of_many_with_different_hints_and_one_network_no_two_are_before_each_other()
    {
        const int Many = 200;
        var store = await CreateAsync();

        var found = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => Task.Run(async () =>
        {
            var record = await AddAsync(store, 1 + (i % 20), record => record with { AddressHash = Net });
            return await store.FindStartsBeforeAsync(record.Id, default, 1_000, default);
        })));

        Assert.Equal(Enumerable.Range(0, Many), found.Select(before => before.FromAddress.Count).Order());
        Assert.Equal(Enumerable.Range(0, Many).Select(i => i / 20), found.Select(before => before.WithHint.Count).Order());
    }

    [StoreFact]
    [Trait("Spec", "S-41")]
    public async Task Of_many_added_at_the_same_moment_no_two_are_before_each_other()
    {
        const int Many = 200;
        var store = await CreateAsync();

        var found = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Task.Run(async () => await FindAsync(store, await AddAsync(store, A)))));

        // Each one is alone with its number: whoever was added later saw it.
        Assert.Equal(Enumerable.Range(0, Many), found.Select(before => before.Count).Order());
    }

    protected abstract Task<IPendingLoginStore> CreateAsync();

    private static PendingLoginStart Facts(PendingLoginRecord record) => new(record.State, record.StartedAt, record.EndsAt);

    private static async Task<IReadOnlyList<PendingLoginStart>> FindAsync(IPendingLoginStore store, PendingLoginRecord record, DateTimeOffset since = default, int maximum = 1_000) =>
        (await store.FindStartsBeforeAsync(record.Id, since, maximum, default)).WithHint;

    private async Task<PendingLoginRecord> AddAsync(IPendingLoginStore store, long hintHash, Func<PendingLoginRecord, PendingLoginRecord>? change = null)
    {
        var now = Clock.GetUtcNow();
        var record = new PendingLoginRecord
        {
            Id = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture),
            Version = 1,
            Method = "Ciba",
            State = PendingLoginState.Starting,
            Owner = "node",
            HintHash = hintHash,
            StartedAt = now,
            EndsAt = now.AddMinutes(2),
            KeepUntil = now.AddMinutes(7),
            Payload = new byte[] { 1, 2, 3 },
        };
        record = change?.Invoke(record) ?? record;
        Assert.True(await store.CreateAsync(record, default));
        return record;
    }
}
