using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Keeps what the host would log of faults in the files of texts.</summary>
internal sealed class TextFaultLog : ILoggerProvider, ILogger
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "MessageFault" && state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            _faults.AddRange(values.Where(value => value.Key == "Fault").Select(value => value.Value).OfType<string>());
        }
    }

    public void Dispose()
    {
    }
}
