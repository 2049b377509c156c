using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Tests.Redeeming;

/// <summary>Where one request is broken off, and how. It passes a point before and after each call of the store, in each event of the host and of the sign-in.</summary>
internal sealed class BreakPlan : IDisposable
{
    /// <summary>The name of the request header that tells the server which plan is meant.</summary>
    public const string Header = "X-Plan";

    private static readonly AsyncLocal<BreakPlan?> Running = new();

    private readonly CancellationTokenSource _leaving = new();
    private readonly int _at;
    private readonly bool _leaves;
    private readonly int _yields;
    private int _passed;

    private BreakPlan(int at, bool leaves, int yields)
    {
        _at = at;
        _leaves = leaves;
        _yields = yields;
        Left = _leaving.Token;
    }

    /// <summary>The plan of the request that runs.</summary>
    public static BreakPlan? Current
    {
        get => Running.Value;
        set => Running.Value = value;
    }

    /// <summary>Ends when the browser leaves.</summary>
    public CancellationToken Left { get; }

    /// <summary>Where it was broken off; <see langword="null"/> where it was not.</summary>
    public string? BrokenAt { get; private set; }

    public static BreakPlan Draw(FuzzRandom random, int points) => new(random.Below(points), random.OneIn(3), random.Below(4));

    public static BreakPlan Calm() => new(int.MaxValue, leaves: false, yields: 0);

    /// <summary>Breaks the request off, if this is the point.</summary>
    public static async Task PassAsync(string point)
    {
        if (Current is not { } plan)
        {
            return;
        }

        for (var i = 0; i < plan._yields; i++)
        {
            await Task.Yield();
        }

        if (plan._passed++ != plan._at)
        {
            return;
        }

        plan.BrokenAt = $"{point}, {(plan._leaves ? "the browser left" : "an exception")}";
        if (plan._leaves)
        {
            await plan._leaving.CancelAsync();
            throw new OperationCanceledException("The browser left.", plan.Left);
        }

        throw new IOException("Broken off.");
    }

    public void Dispose() => _leaving.Dispose();
}
