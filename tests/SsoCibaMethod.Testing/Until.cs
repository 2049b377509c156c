namespace SsoCibaMethod.Testing;

/// <summary>Waits for something that happens by itself, in other processes or on real time, and looks for it now and then without keeping the machine busy.</summary>
public static class Until
{
    private static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a condition holds.</summary>
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until a condition holds.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await PauseAsync();
        }
    }

    /// <summary>The pause between two looks.</summary>
    public static Task PauseAsync() => Task.Delay(LookEach, TimeProvider.System);
}
