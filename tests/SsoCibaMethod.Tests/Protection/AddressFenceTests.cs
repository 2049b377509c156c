using System.Net;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Protection;

/// <summary>How often one network address may try in one process.</summary>
[Trait("Spec", "S-41")]
public sealed class AddressFenceTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly AddressFence _fence;

    public AddressFenceTests() => _fence = new AddressFence(_clock);

    public void Dispose() => _fence.Dispose();

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
    public void What_came_by_no_network_and_what_is_not_fenceed_passes()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(_fence.Refusal(Method("Ciba", 1), address: null, out _));
            Assert.Null(_fence.Refusal(Method("Ciba", 1, isEnabled: false), IPAddress.Loopback, out _));
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
        Assert.Equal(101, _fence.Count);

        _clock.Advance(TimeSpan.FromMinutes(2));
        while (_fence.Count > 1)
        {
            await Task.Yield();
        }

        _clock.Advance(TimeSpan.FromMinutes(4));
        while (_fence.Count > 0)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public void A_try_that_was_none_is_not_counted()
    {
        var method = Method("Ciba", 1);
        Assert.Null(_fence.Refusal(method, IPAddress.Loopback, out var passed));
        Assert.NotNull(_fence.Refusal(method, IPAddress.Loopback, out _));

        passed!.TakeBack();
        passed.TakeBack();

        Assert.Null(_fence.Refusal(method, IPAddress.Loopback, out _));
        Assert.NotNull(_fence.Refusal(method, IPAddress.Loopback, out var refused));
        Assert.Null(refused);
    }

    [Fact]
    public void What_all_nodes_together_refuse_is_refused_here_for_as_long_and_counts_here_no_longer()
    {
        var method = Method("Ciba", 2);
        Assert.Null(_fence.Refusal(method, IPAddress.Loopback, out var passed));

        passed!.Refuse(TimeSpan.FromSeconds(40));

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(10), _fence.Refusal(method, IPAddress.Loopback, out _)!.RetryIn);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(_fence.Refusal(method, IPAddress.Loopback, out _));
        Assert.Null(_fence.Refusal(method, IPAddress.Loopback, out _));
        Assert.Equal(TimeSpan.FromMinutes(5), _fence.Refusal(method, IPAddress.Loopback, out _)!.RetryIn);
    }

    private TimeSpan? Try(string address, string scheme = "Ciba", int number = 10) => _fence.Refusal(Method(scheme, number), IPAddress.Parse(address), out _)?.RetryIn;

    private static CibaMethod Method(string scheme, int number, bool isEnabled = true)
    {
        var options = new CibaOptions();
        options.StartLimits.PerAddress = number;
        options.StartLimits.Enabled = isEnabled;
        return CibaMethod.SwitchedOff(scheme, options, []);
    }
}
