using System.Text.Json;
using Microsoft.Extensions.Configuration;

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

    /// <summary>Told of every fault found after the start.</summary>
    public Action<string>? FaultFound { get; set; }

    public override void Load()
    {
        _seen = FileStamp.Of(_path);
        if (_timer is null)
        {
            Data = Read();
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
        var stamp = FileStamp.Of(_path);
        if (stamp == _seen)
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
            FaultFound?.Invoke($"{_path} was read, but a part of the application did not take the change: {exception.GetBaseException().Message}");
        }
    }

    private bool TryRead()
    {
        try
        {
            Data = Read();
            return true;
        }
        catch (InvalidDataException exception)
        {
            FaultFound?.Invoke(exception.Message);
            return false;
        }
    }

    private Dictionary<string, string?> Read()
    {
        try
        {
            var content = File.ReadAllBytes(_path);
            using var stream = new MemoryStream(content);
            var parsed = new ConfigurationBuilder().AddJsonStream(stream).Build();
            var settings = parsed.AsEnumerable().Where(entry => entry.Value is not null)
                .ToDictionary(entry => entry.Key, entry => FromFile(entry.Key, entry.Value), StringComparer.OrdinalIgnoreCase);
            JsonInFile.Keep(settings, content);
            return settings;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidDataException(
                $"{_path} cannot be read: {exception.Message.TrimEnd('.')}{Line(exception)}. Mend the file; what was read before stays in force.", exception);
        }
    }

    // A path in the file counts from the file.
    private string? FromFile(string key, string? value) => value is not null && CibaSettings.IsFile(key) ? Path.GetFullPath(value, Path.GetDirectoryName(_path)!) : value;

    private static string Line(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is JsonException { LineNumber: { } line })
            {
                return $" (line {line + 1})";
            }
        }

        return "";
    }
}
