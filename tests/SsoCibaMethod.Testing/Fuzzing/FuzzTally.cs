using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>What came of all answers of one kind.</summary>
public sealed class FuzzTally(string kind)
{
    private const int MostFailures = 3;

    private readonly List<string> _failures = [];
    private int _answers;
    private int _accepted;
    private int _spoiledAccepted;
    private int _otherwiseWrong;
    private int _exceptions;
    private int _tooMuch;
    private long? _mostBytes;
    private TimeSpan _slowest;
    private int _sizeOfSlowest;

    public bool IsSlowest(TimeSpan time) => time > _slowest;

    /// <summary>Counts an answer.</summary>
    /// <param name="verdict">What came of it.</param>
    /// <param name="size">How many bytes the OP sent.</param>
    /// <param name="bytes">How many were allocated for it; unknown where several threads served it.</param>
    /// <param name="time">How long it took.</param>
    /// <param name="failure">Says how a failure is made again.</param>
    public void Add(FuzzVerdict verdict, int size, long? bytes, TimeSpan time, Func<string, string> failure)
    {
        _answers++;
        _mostBytes = bytes > _mostBytes.GetValueOrDefault() ? bytes : _mostBytes;
        (_slowest, _sizeOfSlowest) = IsSlowest(time) ? (time, size) : (_slowest, _sizeOfSlowest);
        if (verdict.Complaint is not { } complaint)
        {
            _accepted += verdict.IsAccepted ? 1 : 0;
            return;
        }

        (_spoiledAccepted, _otherwiseWrong) = verdict.IsAccepted ? (_spoiledAccepted + 1, _otherwiseWrong) : (_spoiledAccepted, _otherwiseWrong + 1);
        Keep(failure(complaint));
    }

    public void Exception(string failure)
    {
        (_answers, _exceptions) = (_answers + 1, _exceptions + 1);
        Keep(failure);
    }

    public void TooMuch(string failure)
    {
        _tooMuch++;
        Keep(failure);
    }

    /// <summary>Fails the test with the first failures; also where nothing was good, or nothing spoiled, since that shows nothing.</summary>
    public void AssertFine()
    {
        Assert.True(
            _failures.Count == 0,
            $"{_spoiledAccepted} accepted though spoiled, {_otherwiseWrong} judged wrongly otherwise, {_exceptions} exceptions, {_tooMuch} beyond the bound of memory.\n{string.Join('\n', _failures)}");
        Assert.True(FuzzSettings.Case is not null || (_accepted > 0 && _accepted < _answers), $"{_accepted} of {_answers} accepted");
    }

    /// <summary>Adds one line, its columns parted by tabs, to the file that tests/fuzz.sh makes its table of.</summary>
    public void Report(string path)
    {
        using var process = Process.GetCurrentProcess();
        File.AppendAllText(path, string.Join('\t', new object?[]
        {
            kind, _answers, _accepted, _spoiledAccepted, _otherwiseWrong, _exceptions, _tooMuch, _mostBytes, (long)_slowest.TotalMicroseconds, _sizeOfSlowest, process.PeakWorkingSet64,
        }.Select(column => Convert.ToString(column, CultureInfo.InvariantCulture))) + "\n");
    }

    private void Keep(string failure)
    {
        if (_failures.Count < MostFailures)
        {
            _failures.Add(failure);
        }
    }
}
