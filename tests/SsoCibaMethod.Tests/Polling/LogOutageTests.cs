using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>A log that fails when a surprise is told: what a surprise costs a login is a pause, whoever hears of it.</summary>
public class LogOutageTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Surprises_that_cannot_be_told_keep_no_place_at_the_OP()
    {
        await using var bench = new PollerBench();
        var told = FailAtSurprises(bench);
        var isStrange = true;
        var polled = new HashSet<string>(StringComparer.Ordinal);
        var method = bench.Method("Ciba", ticket =>
        {
            if (isStrange)
            {
                throw new InvalidOperationException("A handler of the host.");
            }

            lock (polled)
            {
                _ = polled.Add(ticket);
            }

            return Task.FromResult(PollerBench.Error("authorization_pending"));
        });

        // More than the places at an OP are at first.
        for (var i = 0; i < 100; i++)
        {
            _ = await bench.WaitAsync(method, $"id{i}");
        }

        await bench.AdvanceAsync(5 * Second);
        Assert.Equal(100, told());

        isStrange = false;
        for (var i = 0; i < 10; i++)
        {
            await bench.AdvanceAsync(Second);
        }

        Assert.Equal(100, polled.Count);
    }

    [Fact]
    public async Task A_login_whose_end_could_neither_be_written_nor_that_be_told_is_ended_later()
    {
        var store = new TroubledStore();
        await using var bench = new PollerBench(store);
        var told = FailAtSurprises(bench);
        var method = bench.Method("Ciba", _ => Task.FromResult(PollerBench.Error("authorization_pending")));
        var login = await bench.WaitAsync(method, "id", expiresIn: 20);
        store.OnReplace = _ => throw new IOException("The database is down.");
        for (var i = 0; i < 20; i++)
        {
            await bench.AdvanceAsync(Second);
        }

        Assert.Equal(1, told());
        store.OnReplace = _ => { };
        for (var i = 0; i < 30; i++)
        {
            await bench.AdvanceAsync(Second);
        }

        Assert.Equal(PendingLoginState.Expired, await bench.StateAsync(login));
    }

    // How often it was to be told.
    private static Func<int> FailAtSurprises(PollerBench bench)
    {
        var count = 0;
        bench.Log.OnLine = line =>
        {
            if (line.Id.Name == "LoginSurprise")
            {
                _ = Interlocked.Increment(ref count);
                throw new IOException("The disk of the log is full.");
            }
        };
        return () => Volatile.Read(ref count);
    }
}
