using System.Diagnostics;
using System.Runtime.CompilerServices;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Polling;

/// <summary>The trace of the logins the poller works for. What is not traced costs neither time nor memory.</summary>
internal static class PollTrace
{
    // Beside the slot: one that is not traced must not carry an empty place for it.
    private static readonly ConditionalWeakTable<PollSlot, string> Traced = [];

    // Under it nothing is recorded, where a sampler heeds its parent: a login that is not traced would begin a trace with each poll.
    private static readonly Activity Untraced = CreateUntraced();

    public static void Know(PollSlot slot, PendingLogin login)
    {
        if (LoginTrace.Of(login) is { } context)
        {
            Traced.AddOrUpdate(slot, context);
        }
    }

    public static Activity? BeginPoll(PollSlot slot)
    {
        if (!LoginTrace.IsOn)
        {
            return null;
        }

        if (Begin("ciba login poll", slot) is { } span)
        {
            return span;
        }

        Activity.Current ??= Untraced;
        return null;
    }

    public static void End(Activity? span, TokenResponse answer) =>
        _ = span?.SetTag("ciba.answer", CibaMetrics.NameOf(answer)).SetStatus(answer is TokenResponse.Unavailable or TokenResponse.ProtocolFault ? ActivityStatusCode.Error : ActivityStatusCode.Unset);

    public static Activity? BeginApproval(PollSlot slot) => LoginTrace.IsOn ? Begin("ciba login approve", slot) : null;

    private static Activity? Begin(string name, PollSlot slot) =>
        Traced.TryGetValue(slot, out var context) ? LoginTrace.Begin(name, slot.Method.Scheme, slot.Reference, context) : null;

    private static Activity CreateUntraced()
    {
        var current = Activity.Current;
        var activity = new Activity("ciba untraced").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.None;
        Activity.Current = null;
        _ = activity.Start();
        Activity.Current = current;
        return activity;
    }
}
