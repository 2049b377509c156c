using SsoCibaMethod.Client;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>A login a node works for: what a slot of the poller holds.</summary>
internal sealed class SimulatedWork(SimulatedLogin login, PollSchedule schedule)
{
    public SimulatedLogin Login => login;

    public PollSchedule Schedule { get; set; } = schedule;

    public SimulatedAnswer? LastWord { get; set; }

    public bool HasUnansweredPoll { get; set; }

    public bool IsAwaitingOthers { get; set; }

    public TimeSpan PausedUntil { get; set; }

    public SimulatedPoll? Poll { get; set; }

    public bool IsEnded { get; set; }

    public int Ticket { get; set; }

    public TimeSpan Due
    {
        get
        {
            var due = LastWord is null ? Schedule.Due : TimeSpan.Zero;
            return due > PausedUntil ? due : PausedUntil;
        }
    }

    public void Pause(TimeSpan now)
    {
        Schedule = Schedule.AfterUnavailable(now, now);
        PausedUntil = now < Schedule.Deadline ? Schedule.Due : Schedule.NextPoll;
    }
}
