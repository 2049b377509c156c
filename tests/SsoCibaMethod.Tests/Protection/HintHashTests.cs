using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>What hints are counted by: the same for what the OP takes for the same, and nothing that can be guessed back.</summary>
[Trait("Spec", "S-41")]
public class HintHashTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("alice", " ALICE ")]
    [InlineData("alice", "ali ce")]
    [InlineData("alice", "\uFF41lice")]
    [InlineData("alice", "ali\u200Dce")]
    [InlineData("+358 40 123 4567", "+358401234567")]
    [InlineData("+358 (40) 123-4567", "00358.40/1234567")]
    [InlineData("straße", "STRASSE", false)]
    [InlineData("alice@example.com", "alice@example.org", false)]
    [InlineData("040 1234567", "040 1234568", false)]
    [InlineData("a-b", "ab", false)]
    [InlineData("-", "+", false)]
    [InlineData("half a letter \uD800", "half a letter \uD800")]
    public void One_user_is_one_hint(string one, string other, bool isSame = true)
    {
        var hashes = new StartHashes(Key(new Keys()));

        Assert.Equal(isSame, hashes.OfHint("Ciba", new CibaLoginHint.Plain(one)) == hashes.OfHint("Ciba", new CibaLoginHint.Plain(other)));
    }

    [Fact]
    public void Methods_kinds_and_browsers_are_told_apart()
    {
        var hashes = new StartHashes(Key(new Keys()));
        long[] all =
        [
            hashes.OfHint("Ciba", new CibaLoginHint.Plain("x")),
            hashes.OfHint("Other", new CibaLoginHint.Plain("x")),
            hashes.OfHint("Ciba", new CibaLoginHint.LoginHintToken("x")),
            hashes.OfHint("Ciba", new CibaLoginHint.LoginHintToken("X")),
            hashes.OfHint("Ciba", new CibaLoginHint.IdToken("x")),
            hashes.OfBrowser("Ciba", "one", new CibaLoginHint.Plain("x")),
            hashes.OfBrowser("Ciba", "two", new CibaLoginHint.Plain("x")),
            hashes.OfNetwork("Ciba", IPAddress.Parse("192.0.2.1")),
            hashes.OfNetwork("Ciba", IPAddress.Parse("192.0.2.2")),
            hashes.OfNetwork("Other", IPAddress.Parse("192.0.2.1")),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.DoesNotContain(0, all);
    }

    [Fact]
    public void Nodes_with_the_same_keys_count_together_and_others_cannot_guess()
    {
        var shared = new Keys();
        _ = shared.Provider.CreateProtector("any").Protect("makes the first key");
        var hint = new CibaLoginHint.Plain("+358401234567");
        var hash = new StartHashes(Key(shared)).OfHint("Ciba", hint);

        Assert.Equal(hash, new StartHashes(Key(shared.Again())).OfHint("Ciba", hint));
        Assert.NotEqual(hash, new StartHashes(Key(new Keys())).OfHint("Ciba", hint));
        Assert.NotEqual(hash, BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(hint.Value))));
    }

    [Fact]
    public void The_newest_key_counts_within_the_hour_and_a_revoked_one_no_more()
    {
        var keys = new Keys();
        var manager = keys.Manager;
        var first = manager.CreateNewKey(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var key = Key(keys);
        var before = key.Current;

        var second = manager.CreateNewKey(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        manager.RevokeKey(first.KeyId);
        Assert.Equal(before, key.Current);
        _clock.Advance(TimeSpan.FromHours(1));
        var after = key.Current;
        Assert.NotEqual(before, after);

        manager.RevokeKey(second.KeyId);
        _clock.Advance(TimeSpan.FromHours(1));
        var own = key.Current;
        Assert.NotEqual(after, own);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(own, key.Current);
    }

    [Fact]
    public void Keys_that_cannot_be_had_for_a_while_change_nothing()
    {
        var shelf = new KeyShelf();
        var keys = new Keys(shelf);
        _ = keys.Manager.CreateNewKey(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var key = Key(keys);
        var before = key.Current;

        shelf.IsOutOfReach = true;
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(before, key.Current);
    }

    [Fact]
    public void Nobody_waits_while_another_reads_the_keys_again()
    {
        var shelf = new KeyShelf();
        var keys = new Keys(shelf);
        _ = keys.Manager.CreateNewKey(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var key = Key(keys);
        var before = key.Current;
        var meanwhile = Array.Empty<byte>();
        shelf.OnRead = () =>
        {
            var other = new Thread(() => meanwhile = key.Current);
            other.Start();
            _ = other.Join(TimeSpan.FromSeconds(10));
        };

        _clock.Advance(TimeSpan.FromHours(1));
        _ = key.Current;

        Assert.Equal(before, meanwhile);
    }

    private HintHashKey Key(Keys keys) => new(keys.Manager, _clock);

    /// <summary>The data protection of one node; nodes may share what it stores.</summary>
    private sealed class Keys(IXmlRepository? stored = null)
    {
        private readonly IXmlRepository _stored = stored ?? new KeyShelf();
        private ServiceProvider? _services;

        public IKeyManager Manager => Services.GetRequiredService<IKeyManager>();

        public IDataProtectionProvider Provider => Services.GetRequiredService<IDataProtectionProvider>();

        private ServiceProvider Services => _services ??= Build();

        public Keys Again() => new(_stored);

        private ServiceProvider Build()
        {
            var services = new ServiceCollection();
            _ = services.AddDataProtection();
            _ = services.Configure<KeyManagementOptions>(options => options.XmlRepository = _stored);
            return services.BuildServiceProvider();
        }
    }
}
