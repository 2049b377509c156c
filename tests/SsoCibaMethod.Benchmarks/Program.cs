using System.Globalization;
using SsoCibaMethod.Benchmarks.ForeignRequests;
using SsoCibaMethod.Benchmarks.Load;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Memory;
using SsoCibaMethod.Benchmarks.Op;
using SsoCibaMethod.Benchmarks.Page;
using SsoCibaMethod.Benchmarks.Polls;
using SsoCibaMethod.Benchmarks.Tokens;
using SsoCibaMethod.Benchmarks.Waiting;
using SsoCibaMethod.Benchmarks.Whole;

const string Usage = """
    dotnet run -c Release --project tests/SsoCibaMethod.Benchmarks -- <name> [--seconds N] [--rounds N] [--warm-up N] [--logins N] [--interval N]

    polls    CPU of one poll, closed load, against a raw client
    waiting  CPU, early polls and lateness of many waiting logins
    clear    the same without TLS
    memory   managed memory of a waiting login
    tokens   CPU of an ID token's validation, against its signature alone
    page     CPU of the waiting page and of browsers that wait, and how soon they hear of a result
    load     early polls, overlaps and lateness of many logins for a whole lifetime (--seconds) at an --interval
    held     how soon each of many held status requests is answered
    whole    whole logins: from the OP's call to the sign-in, and over PostgreSQL (CIBA_POSTGRESQL: a connection string)
    host     what a method adds to requests of the host that are not its own, and to its start
    """;

switch (args)
{
    case ["op", var interval]:
        await OpProgram.RunAsync(TimeSpan.FromSeconds(double.Parse(interval, CultureInfo.InvariantCulture)));
        return 0;
    case ["browsers", var habit]:
        await BrowserProgram.RunAsync(habit);
        return 0;
    case ["start", var kind]:
        await HostBenchmark.StartHostAsync(kind);
        return 0;
    case [var name, .. var rest] when BenchmarkSettings.TryParse(rest) is { } settings:
        Func<BenchmarkSettings, Task>? benchmark = name switch
        {
            "polls" => PollsBenchmark.RunAsync,
            "waiting" => WaitingBenchmark.RunAsync,
            "clear" => WaitingBenchmark.RunClearAsync,
            "load" => LoadBenchmark.RunAsync,
            "held" => HeldBenchmark.RunAsync,
            "whole" => WholeBenchmark.RunAsync,
            "memory" => MemoryBenchmark.RunAsync,
            "tokens" => TokensBenchmark.RunAsync,
            "page" => PageBenchmark.RunAsync,
            "host" => HostBenchmark.RunAsync,
            _ => null,
        };
        if (benchmark is null)
        {
            goto default;
        }

        await benchmark(settings);
        return 0;
    default:
        Console.WriteLine(Usage);
        return 2;
}
