using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.Testing;

/// <summary>Keeps every line that is logged, at every level, with its scopes, state and exception.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<CapturedLine> _lines = new();

    public IReadOnlyCollection<CapturedLine> Lines => _lines;

    /// <summary>Sees each message before it is kept, and may throw, as a log out of order does.</summary>
    public Action<CapturedLine> OnLine { get; set; } = _ => { };

    public string Text => string.Join('\n', _lines.Select(line => $"{line.Level} {line.Category}[{line.Id.Id}] {line.Text}"));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, CapturedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            log._lines.Enqueue(new CapturedLine(LogLevel.None, category, default, $"scope {Describe(state)}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new CapturedLine(logLevel, category, eventId, $"{formatter(state, exception)} {Describe(state)} {exception}".Trim());
            log.OnLine(line);
            log._lines.Enqueue(line);
        }

        private static string Describe<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : $"{state}";
    }
}

/// <summary>One line of a log.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Category">Who logged it.</param>
/// <param name="Id">Which message it is.</param>
/// <param name="Text">The message, its values and its exception.</param>
public sealed record CapturedLine(LogLevel Level, string Category, EventId Id, string Text);
