using System.Text.Json;
using Microsoft.Extensions.Configuration;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>
/// Reads <c>ciba.json</c> and keeps what it read last if the file becomes unreadable; the framework's own JSON source would lose every setting.
/// The file is looked at every two seconds, which works on every kind of volume, links that are swapped included.
/// </summary>
internal sealed class CibaConfigurationProvider(string path, TimeProvider time) : ConfigurationProvider, IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly string _path = Path.GetFullPath(path);
    private FileStamp _seen;
    private ITimer? _timer;
    private JsonLines _lines = new();
    private volatile SettingFault? _fault;

    /// <summary>Told of every fault found after the start, once.</summary>
    public Action<SettingFault>? FaultFound { get; set; }

    /// <summary>Why the file as it stands is not in force; <see langword="null"/> where it is.</summary>
    public SettingFault? Fault => _fault;

    public string File => _path;

    /// <summary>The line of a setting in the file as it was read last.</summary>
    public int? LineOf(string key) => _lines.Of(key);

    public override void Load()
    {
        _seen = FileStamp.Of(_path);
        if (_timer is null)
        {
            (Data, _lines) = Read(out var fault, out var cause) ?? throw new InvalidDataException(fault!.ToString(), cause);
            _timer = time.CreateTimer(_ => Look(), null, LookInterval, LookInterval);
        }
        else
        {
            _ = TryRead();
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        // While there is a fault every look tries again: a right given to read the file does not change its stamp.
        var stamp = FileStamp.Of(_path);
        if (stamp == _seen && _fault is null)
        {
            return;
        }

        _seen = stamp;
        if (!TryRead())
        {
            return;
        }

        try
        {
            OnReload();
        }
        catch (Exception exception)
        {
            // Thrown by whoever else listens for changes. This runs in a timer, where what is not caught ends the process.
            FaultFound?.Invoke(new SettingFault($"The file was read, but a part of the application did not take the change: {exception.GetBaseException().Message}", File: _path));
        }
    }

    private bool TryRead()
    {
        var before = _fault;
        if (Read(out var fault, out _) is { } content)
        {
            (Data, _lines) = content;
        }

        _fault = fault;
        if (fault is not null && fault != before)
        {
            FaultFound?.Invoke(fault);
        }

        return fault is null;
    }

    private (Dictionary<string, string?> Data, JsonLines Lines)? Read(out SettingFault? fault, out Exception? cause)
    {
        try
        {
            (fault, cause) = (null, null);
            var content = System.IO.File.ReadAllBytes(_path);
            var lines = JsonLines.Read(content);
            if (lines.Twice is var (key, line))
            {
                fault = Unreadable($"{key} stands there twice, for the first time in line {lines.Of(key)}; leave one of the two out", line);
                return null;
            }

            using var stream = new MemoryStream(content);
            var parsed = new ConfigurationBuilder().AddJsonStream(stream).Build();
            var settings = parsed.AsEnumerable().Where(entry => entry.Value is not null)
                .ToDictionary(entry => entry.Key, entry => FromFile(entry.Key, entry.Value), StringComparer.OrdinalIgnoreCase);
            JsonInFile.Keep(settings, content);
            return (settings, lines);
        }
        catch (JsonException exception)
        {
            // The library counts lines from 0, and says so in its message.
            var told = exception.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
            fault = Unreadable($"not valid JSON, {told}; look there, or just before, for a missing quotation mark, comma or bracket", (int?)exception.LineNumber + 1);
            cause = exception;
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            (fault, cause) = (Unreadable($"{exception.Message.TrimEnd('.')}; mend the file"), exception);
            return null;
        }
    }

    private SettingFault Unreadable(string problem, int? line = null) => new($"The file cannot be read: {problem}. What was read before stays in force.", File: _path, Line: line);

    // A path in the file counts from the file.
    private string? FromFile(string key, string? value) => value is not null && CibaSettings.IsFile(key) ? Path.GetFullPath(value, Path.GetDirectoryName(_path)!) : value;
}
