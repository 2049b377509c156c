using System.Globalization;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>One kind of answer: how it is made, what takes it, and what the other opinion of it is.</summary>
/// <typeparam name="TAnswer">The answer as it comes.</typeparam>
/// <typeparam name="TResult">What the code makes of it.</typeparam>
/// <param name="name">How results and failures call it.</param>
/// <param name="share">How many of a thousand answers are of this kind.</param>
public abstract class FuzzKind<TAnswer, TResult>(string name, int share) : IFuzzKind
{
    // An answer of a few hundred bytes takes some kilobytes; one of the largest size that is read is decoded and copied some times.
    private const long FixedBytes = 256 * 1024;
    private const int LargestRead = 1024 * 1024;

    private const int Repeats = 3;

    public string Name => name;

    public int Share => share;

    /// <summary>How many bytes may be allocated for each byte that is read.</summary>
    protected virtual long BytesEach => 12;

    /// <summary>Whether the code stays on the thread that calls it, so that its memory can be told from others'.</summary>
    protected virtual bool IsOnOneThread => true;

    /// <summary>Runs the kind's part of all answers.</summary>
    /// <returns>What came of it.</returns>
    public async Task<FuzzTally> RunAsync()
    {
        await PrepareAsync();
        await WarmUpAsync();
        var tally = new FuzzTally(name);
        var count = (int)Math.Ceiling(FuzzSettings.Count * (long)share / 1000.0);
        var (first, last) = FuzzSettings.Case is { } only ? (only, only + 1) : (0, count);
        for (var number = first; number < last; number++)
        {
            await RunAsync(number, tally);
            await TidyAsync();
        }

        if (FuzzSettings.Report is { } report)
        {
            tally.Report(report);
        }

        return tally;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task PrepareAsync() => Task.CompletedTask;

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    /// <summary>What has to be done between two answers, and is no part of either.</summary>
    protected virtual Task TidyAsync() => Task.CompletedTask;

    protected abstract TAnswer Make(FuzzRandom random);

    /// <summary>What is measured: our code, and as little as can be beside it.</summary>
    protected abstract ValueTask<TResult> TakeAsync(TAnswer answer);

    protected abstract FuzzVerdict Judge(TAnswer answer, TResult result);

    /// <summary>The length of what the OP sent.</summary>
    protected abstract int Size(TAnswer answer);

    protected abstract string Describe(TAnswer answer);

    // What is made once and kept is not the first answer's.
    private async Task WarmUpAsync()
    {
        for (var number = -50; number < 0; number++)
        {
            try
            {
                _ = await TakeAsync(Make(FuzzRandom.Of(FuzzSettings.Seed, name, number)));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Not counted, so not judged.
            }

            await TidyAsync();
        }
    }

    private async Task RunAsync(int number, FuzzTally tally)
    {
        var answer = Make(FuzzRandom.Of(FuzzSettings.Seed, name, number));
        var limit = FixedBytes + (BytesEach * Math.Min(Size(answer), LargestRead));
        string Failure(string what) => string.Create(
            CultureInfo.InvariantCulture, $"{name}, CIBA_FUZZ_SEED={FuzzSettings.Seed} CIBA_FUZZ_CASE={number}: {what}\n  {Describe(answer)}");
        try
        {
            var (result, bytes, time) = await MeasureAsync(answer);
            var verdict = Judge(answer, result);

            // The machine has other things to do, and what is made once and kept belongs to no answer: one is slow, or large, if it is so each time.
            for (var again = 1; again < Repeats && (tally.IsSlowest(time) || bytes > limit); again++)
            {
                var (_, nextBytes, nextTime) = await MeasureAsync(answer);
                (bytes, time) = (nextBytes < bytes ? nextBytes : bytes, nextTime < time ? nextTime : time);
            }

            tally.Add(verdict, Size(answer), bytes, time, Failure);
            if (bytes > limit)
            {
                tally.TooMuch(Failure($"{bytes} bytes for an answer of {Size(answer)}"));
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            tally.Exception(Failure(exception.ToString()));
        }
    }

    private async ValueTask<(TResult Result, long? Bytes, TimeSpan Time)> MeasureAsync(TAnswer answer)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var taking = TakeAsync(answer);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return !IsOnOneThread ? (await taking, null, TimeProvider.System.GetElapsedTime(begun))
            : taking.IsCompleted ? (await taking, bytes, TimeProvider.System.GetElapsedTime(begun))
            : throw new InvalidOperationException("It waits for something.");
    }
}
