using System.Net;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>How often one network address may start a login.</summary>
[Trait("Spec", "S-41")]
public sealed class AddressLimitTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly AddressLimit _limit;

    public AddressLimitTests() => _limit = new AddressLimit(_clock);

    public void Dispose() => _limit.Dispose();

    [Fact]
    public void Ten_in_five_minutes_and_the_next_when_the_first_is_five_minutes_old()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(Try("192.0.2.1"));
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(TimeSpan.FromSeconds(200), Try("192.0.2.1"));
        _clock.Advance(TimeSpan.FromSeconds(200));
        Assert.Null(Try("192.0.2.1"));
        Assert.Equal(TimeSpan.FromSeconds(10), Try("192.0.2.1"));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("fe80::1%2", "fe80::2%3", true)]
    public void One_customer_is_one_address(string one, string other, bool isSame)
    {
        for (var i = 0; i < 10; i++)
        {
            _ = Try(one);
        }

        Assert.Equal(isSame, Try(other) is not null);
    }

    [Fact]
    public void Each_method_counts_for_itself_and_new_settings_begin_anew()
    {
        for (var i = 0; i < 10; i++)
        {
            _ = Try("192.0.2.1");
        }

        Assert.Null(Try("192.0.2.1", "Other"));
        Assert.Null(Try("192.0.2.1", number: 11));
        Assert.NotNull(Try("192.0.2.1"));
    }

    [Fact]
    public void What_came_by_no_network_and_what_is_not_limited_passes()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(_limit.Refusal(Method("Ciba", 1), address: null));
            Assert.Null(_limit.Refusal(Method("Ciba", 1, isEnabled: false), IPAddress.Loopback));
        }
    }

    [Fact]
    public async Task An_address_not_seen_for_a_while_is_forgotten()
    {
        for (var i = 0; i < 100; i++)
        {
            _ = Try($"192.0.2.{i}");
        }

        _clock.Advance(TimeSpan.FromMinutes(4));
        _ = Try("192.0.2.200");
        Assert.Equal(101, _limit.Count);

        _clock.Advance(TimeSpan.FromMinutes(2));
        while (_limit.Count > 1)
        {
            await Task.Yield();
        }

        _clock.Advance(TimeSpan.FromMinutes(4));
        while (_limit.Count > 0)
        {
            await Task.Yield();
        }
    }

    private TimeSpan? Try(string address, string scheme = "Ciba", int number = 10) => _limit.Refusal(Method(scheme, number), IPAddress.Parse(address))?.RetryIn;

    private static CibaMethod Method(string scheme, int number, bool isEnabled = true)
    {
        var options = new CibaOptions();
        options.StartLimits.PerAddress = number;
        options.StartLimits.Enabled = isEnabled;
        return CibaMethod.SwitchedOff(scheme, options, []);
    }
}
