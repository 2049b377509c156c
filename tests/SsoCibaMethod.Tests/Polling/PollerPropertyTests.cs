using System.Collections.Concurrent;
using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>The whole poller under random answers: the rules of the schedule must survive queue, gate, store and cancels.</summary>
public class PollerPropertyTests
{
    private const int LoginsARun = 250;
    private const int Runs = 40;

    [Fact]
    [Trait("Spec", "C-61")]
    [Trait("Spec", "C-62")]
    [Trait("Spec", "C-63")]
    [Trait("Spec", "C-70")]
    public void No_poll_comes_early_overlaps_or_follows_an_end_whatever_the_OP_answers()
    {
        var answers = Gen.Elements("pending", "pending", "pending", "slow_down", "503", "reset", "access_denied", "expired_token", "odd", "cancel");
        var login =
            from script in answers.ListOf(12)
            from interval in Gen.Choose(1, 9)
            from lifetime in Gen.Choose(5, 120)
            select new Script([.. script], interval, lifetime);
        var run = login.ListOf(LoginsARun).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(run, scripts => PlayAsync([.. scripts]).GetAwaiter().GetResult()));
    }

    private static async Task<bool> PlayAsync(IReadOnlyList<Script> scripts)
    {
        await using var bench = new PollerBench();
        var seen = new ConcurrentDictionary<string, Seen>();
        var method = bench.Method("Ciba", authReqId => seen[authReqId].AnswerAsync(bench));
        for (var i = 0; i < scripts.Count; i++)
        {
            var id = $"r{i}";
            seen[id] = new Seen(scripts[i], bench.Poller.Clock);
            _ = await bench.WaitAsync(method, id, scripts[i].Lifetime, scripts[i].Interval);
        }

        for (var second = 0; second < 125; second++)
        {
            await bench.AdvanceAsync(TimeSpan.FromMilliseconds(997));
            foreach (var (id, login) in seen.Where(entry => entry.Value.TakeCancel()))
            {
                _ = await bench.Logins.ChangeAsync(id, current => current.Cancel(bench.Logins.Now), default);
                await bench.Poller.ReviewAsync(id, default);
                login.IsOver = true;
            }
        }

        Assert.Equal(0, bench.Poller.Count);
        Assert.All(seen, entry => Assert.Null(entry.Value.Broken));
        return true;
    }

    public sealed record Script(IReadOnlyList<string> Answers, int Interval, int Lifetime);

    /// <summary>What the OP sees of one login, and what it must not see.</summary>
    private sealed class Seen(Script script, TimeSpan startedAt)
    {
        private int _polls;
        private int _open;
        private bool _wantsCancel;
        private TimeSpan _interval = TimeSpan.FromSeconds(script.Interval);
        private TimeSpan? _last;

        public bool IsOver { get; set; }

        public string? Broken { get; private set; }

        public bool TakeCancel() => _wantsCancel && !(_wantsCancel = false);

        public Task<HttpResponseMessage> AnswerAsync(PollerBench bench)
        {
            var now = bench.Poller.Clock;
            Broken ??= IsOver ? "a poll after the end"
                : Interlocked.Increment(ref _open) > 1 ? "two polls at once"
                : now - (_last ?? startedAt) < _interval ? $"a poll after {now - (_last ?? startedAt)}, the interval being {_interval}"
                : now - startedAt >= TimeSpan.FromSeconds(script.Lifetime) ? "a poll after the deadline"
                : null;
            _last = now;
            var answer = _polls < script.Answers.Count ? script.Answers[_polls++] : "pending";
            _ = Interlocked.Decrement(ref _open);
            return Task.FromResult(Answer(answer));
        }

        private HttpResponseMessage Answer(string answer)
        {
            switch (answer)
            {
                case "cancel":
                    _wantsCancel = true;
                    return PollerBench.Error("authorization_pending");
                case "pending":
                    return PollerBench.Error("authorization_pending");
                case "slow_down":
                    _interval += TimeSpan.FromSeconds(5);
                    return PollerBench.Error("slow_down");
                case "503":
                    return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
                case "reset":
                    throw new HttpRequestException(HttpRequestError.ResponseEnded);
                case "odd":
                    IsOver = true;
                    return PollerBench.Json("[]");
                default:
                    IsOver = true;
                    return PollerBench.Error(answer);
            }
        }
    }
}
