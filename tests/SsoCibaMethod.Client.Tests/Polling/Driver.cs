namespace SsoCibaMethod.Client.Tests;

/// <summary>A poller of the simplest kind on a clock without time: it does what the schedule says, and notes what it did.</summary>
internal sealed class Driver(PollSettings settings)
{
    public static readonly TimeSpan Start = TimeSpan.FromDays(30);

    public List<Poll> Polls { get; } = [];

    public PollSchedule Schedule { get; private set; }

    public TimeSpan? EndedAt { get; private set; }

    public Driver Run(Script script)
    {
        var now = Start + script.AcknowledgedAfter;
        Schedule = PollSchedule.Begin(Start, now, new("a", script.Lifetime, script.Interval), settings);
        foreach (var (kind, latency, retryAfter) in script.Steps)
        {
            now = now > Schedule.Due ? now : Schedule.Due;
            if (now >= Schedule.Deadline || Schedule.IsGivenUp)
            {
                EndedAt = now;
                break;
            }

            var sent = now;
            now += latency;
            var before = Schedule;
            switch (kind)
            {
                case Script.Kind.SlowDown:
                    Schedule = Schedule.AfterSlowDown(sent, now, retryAfter);
                    break;
                case Script.Kind.Unavailable or Script.Kind.StillUnavailable:
                    Schedule = Schedule.AfterUnavailable(sent, now, retryAfter);
                    break;
                case Script.Kind.MaybeEnd when latency == TimeSpan.Zero:
                    EndedAt = now;
                    break;
                default:
                    Schedule = Schedule.AfterPending(sent, now, retryAfter);
                    break;
            }

            Polls.Add(new Poll(kind, sent, now, retryAfter, before, Schedule));
            if (EndedAt is not null)
            {
                break;
            }
        }

        return this;
    }

    internal sealed record Poll(Script.Kind Kind, TimeSpan Sent, TimeSpan Received, TimeSpan? RetryAfter, PollSchedule Before, PollSchedule After);
}
