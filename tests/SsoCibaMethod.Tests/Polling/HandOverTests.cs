using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Polling;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Polling;

/// <summary>A node that is stopped in order gives its logins to the others at once, but for those it is just asking the OP about: no two polls overlap.</summary>
[Trait("Spec", "C-63")]
public class HandOverTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task What_waits_for_its_next_poll_is_given_back_at_once_and_what_is_asked_about_when_it_is_answered()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = await StartAsync(answer.Task);
        using var browser = node.Host.CreateBrowser();
        var asked = await node.BeginAsync(browser);
        node.Host.Clock.Advance(5 * Second);
        await node.PolledAsync(1);
        var idle = await node.BeginAsync(browser);

        var stopped = node.Poller.StopAsync(default);
        await node.GivenBackAsync(idle);
        Assert.NotNull(await node.OwnerAsync(asked));

        answer.SetResult();
        await node.Host.PassTimeAsync(() => stopped.IsCompleted);

        Assert.Null(await node.OwnerAsync(asked));
        Assert.Equal(1, node.Wire.Requests("/token"));
    }

    [Fact]
    public async Task An_OP_that_does_not_answer_holds_it_up_for_half_the_time_a_host_has_for_stopping()
    {
        await using var node = await StartAsync(new TaskCompletionSource().Task);
        using var browser = node.Host.CreateBrowser();
        var asked = await node.BeginAsync(browser);
        node.Host.Clock.Advance(5 * Second);
        await node.PolledAsync(1);

        var begun = node.Host.Clock.GetUtcNow();
        var stopped = node.Poller.StopAsync(default);
        await node.Host.PassTimeAsync(() => stopped.IsCompleted);

        Assert.Null(await node.OwnerAsync(asked));
        Assert.True(node.Host.Clock.GetUtcNow() - begun >= 15 * Second);
    }

    [Fact]
    public async Task A_request_has_been_told_to_end_before_another_node_may_begin_one()
    {
        using var mayEnd = new ManualResetEventSlim();
        var isTold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = await StartAsync(new TaskCompletionSource().Task, onTold: () =>
        {
            isTold.SetResult();
            mayEnd.Wait();
        });
        using var browser = node.Host.CreateBrowser();
        var asked = await node.BeginAsync(browser);
        node.Host.Clock.Advance(5 * Second);
        await node.PolledAsync(1);

        var stopped = node.Poller.StopAsync(default);
        await node.Host.PassTimeAsync(() => isTold.Task.IsCompleted);
        var turns = 0;
        await node.Host.PassTimeAsync(() => stopped.IsCompleted || ++turns == 1_000);
        Assert.NotNull(await node.OwnerAsync(asked));

        mayEnd.Set();
        await stopped;
        Assert.Null(await node.OwnerAsync(asked));
    }

    [Fact]
    public async Task A_store_out_of_order_does_not_hold_up_the_host()
    {
        var store = new TroubledStore();
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        store.IsDown = true;

        await host.Services.GetServices<IHostedService>().OfType<LoginPollerHost>().Single().StopAsync(default);

        store.IsDown = false;
    }

    [Fact]
    public async Task What_was_taken_over_by_an_answer_that_got_lost_is_taken_over_again()
    {
        var store = new TroubledStore();
        var isLost = false;
        store.OnClaimed = claimed =>
        {
            if (claimed.Count > 0 && !isLost)
            {
                isLost = true;
                throw new IOException("The answer is lost.");
            }
        };
        await using var host = await CibaTestHost.StartAsync(services: store.Register);
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);

        // Another node would have left it like this.
        await store.ReleaseAsync(host.Services.GetRequiredService<LoginPoller>().Node, default);
        Assert.True(host.Op.Approve((await host.Op.WaitForRequestAsync("alice")).AuthReqId));

        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting", seconds: 60));
        Assert.True(isLost);
    }

    private static async Task<Node> StartAsync(Task answered, Action? onTold = null)
    {
        var wire = new Wire();
        _ = wire.At("/token", async (_, cancellation) =>
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var told = cancellation.Register(() =>
            {
                onTold?.Invoke();
                ended.SetCanceled(cancellation);
            });
            await await Task.WhenAny(answered, ended.Task);
            return new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"error":"authorization_pending"}""", Encoding.UTF8, "application/json") };
        });
        return new Node(await CibaTestHost.StartAsync(wire: wire), wire);
    }

    private sealed record Node(CibaTestHost Host, Wire Wire) : IAsyncDisposable
    {
        public LoginPollerHost Poller => Host.Services.GetServices<IHostedService>().OfType<LoginPollerHost>().Single();

        public async Task<string> BeginAsync(TestBrowser browser)
        {
            var before = browser.Handles().Select(handle => handle.Value).ToHashSet(StringComparer.Ordinal);
            _ = await Host.BeginAsync(browser);
            return AttemptForm.IdOf(browser.Handles().Single(handle => !before.Contains(handle.Value)).Value.Split('.')[0]);
        }

        public async Task<string?> OwnerAsync(string id) => (await Host.Services.GetRequiredService<IPendingLoginStore>().ReadAsync(id, default))!.Owner;

        public async Task PolledAsync(int polls)
        {
            while (Wire.Requests("/token") < polls)
            {
                await Task.Yield();
            }
        }

        public async Task GivenBackAsync(string id)
        {
            while (await OwnerAsync(id) is not null)
            {
                await Task.Yield();
            }
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
