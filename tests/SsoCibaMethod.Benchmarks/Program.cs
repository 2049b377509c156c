using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Benchmarks.Op;
using SsoCibaMethod.Benchmarks.Polls;
using SsoCibaMethod.Benchmarks.Waiting;

const string Usage = """
    dotnet run -c Release --project tests/SsoCibaMethod.Benchmarks -- <name> [--seconds N] [--rounds N] [--warm-up N] [--logins N]

    polls    CPU of one poll, closed load, against a raw client
    waiting  CPU, early polls and lateness of many waiting logins
    """;

switch (args)
{
    case ["op"]:
        await OpProgram.RunAsync();
        return 0;
    case [var name, .. var rest] when BenchmarkSettings.TryParse(rest) is { } settings:
        var table = name switch
        {
            "polls" => await PollsBenchmark.RunAsync(settings),
            "waiting" => await WaitingBenchmark.RunAsync(settings),
            _ => null,
        };
        Console.WriteLine(table?.ToString() ?? Usage);
        return table is null ? 2 : 0;
    default:
        Console.WriteLine(Usage);
        return 2;
}
