using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Messages;

/// <summary>
/// The texts: those of the files in <c>resources/</c>, and below them the same texts built in. A change of a file is in effect within seconds;
/// a broken file keeps its last good texts.
/// </summary>
internal sealed class MessageCatalog : IDisposable
{
    private const string English = "en";
    private const string BuiltInPrefix = "ciba.messages.";
    private const string SchemaFile = "messages.schema.json";

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> BuiltIn = ReadBuiltIn();

    private readonly string? _directory;
    private readonly CibaMethodRegistrations _methods;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, SettingFault> _faults = new(StringComparer.Ordinal);

    private Dictionary<string, (FileStamp Stamp, FrozenDictionary<string, string> Texts)> _files = new(StringComparer.OrdinalIgnoreCase);
    private volatile Layers _layers;

    public MessageCatalog(
        IConfiguration configuration, IHostEnvironment environment, CibaMethodRegistrations methods, TimeProvider time, ILogger<CibaHandler> logger)
    {
        _directory = CibaDirectories.Resources(configuration, environment);
        _methods = methods;
        _logger = logger;
        _layers = new Layers(FrozenDictionary<string, FrozenDictionary<string, string>>.Empty);
        if (_directory is not null)
        {
            Look();
            _timer = time.CreateTimer(_ => Look(), null, LookInterval, LookInterval);
        }
    }

    /// <summary>All that is wrong with the files as they are now; each keeps its last good texts.</summary>
    public IReadOnlyList<SettingFault> Faults => [.. _faults.Values];

    /// <summary>The languages there are texts in.</summary>
    public IReadOnlyCollection<string> Cultures => _layers.Cultures;

    public MessageSet For(string? method, CultureInfo culture) => _layers.For(method, culture);

    public void Dispose() => _timer?.Dispose();

    private static FrozenDictionary<string, FrozenDictionary<string, string>> ReadBuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(BuiltInPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var english = Read(BuiltInPrefix + "messages.json", english: null);
        return names.ToFrozenDictionary(
            name => CultureOf(name[BuiltInPrefix.Length..]),
            name => Read(name, english).ToFrozenDictionary(StringComparer.Ordinal),
            StringComparer.OrdinalIgnoreCase);

        Dictionary<string, string> Read(string name, Dictionary<string, string>? english)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return MessageFile.Read(name, content, english);
        }

        static string CultureOf(string file) => file == "messages.json" ? English : file["messages.".Length..^".json".Length];
    }

    private void Look()
    {
        lock (_gate)
        {
            var seen = new Dictionary<string, (FileStamp Stamp, FrozenDictionary<string, string> Texts)>(StringComparer.OrdinalIgnoreCase);
            var changed = false;
            foreach (var path in Files())
            {
                var stamp = FileStamp.Of(path);
                var known = _files.GetValueOrDefault(path);
                if (known.Texts is not null && known.Stamp == stamp && !_faults.ContainsKey(path))
                {
                    seen[path] = known;
                    continue;
                }

                // While there is a fault every look tries again: what hinders the reading may be mended without a change of the file.
                var read = TryRead(path);
                changed |= read is not null || known.Texts is null;
                seen[path] = (stamp, read ?? known.Texts ?? FrozenDictionary<string, string>.Empty);
            }

            foreach (var gone in _faults.Keys.Where(path => !seen.ContainsKey(path) && !IsRefused(path)).ToList())
            {
                _ = _faults.TryRemove(gone, out _);
            }

            if (changed || seen.Count != _files.Count)
            {
                _files = seen;
                _layers = new Layers(seen.GroupBy(file => LayerOf(file.Key)!, StringComparer.OrdinalIgnoreCase)
                    .ToFrozenDictionary(layer => layer.Key, layer => layer.First().Value.Texts, StringComparer.OrdinalIgnoreCase));
                _logger.MessagesRead(_directory!);
            }
        }
    }

    private IEnumerable<string> Files()
    {
        try
        {
            return Directory.GetFiles(_directory!, "messages*.json").Order(StringComparer.Ordinal)
                .Where(path => Path.GetFileName(path) != SchemaFile && (LayerOf(path) is not null || Refused(path))).ToList();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The directory is away for a moment, or for good: what was read stays.
            return _files.Keys;
        }
    }

    private bool Refused(string path)
    {
        Tell(path, new SettingFault("the file is named after neither a method nor a language, so it is not read; rename it.", File: path));
        return false;
    }

    private bool IsRefused(string path) => LayerOf(path) is null && File.Exists(path);

    // Each fault once.
    private void Tell(string path, SettingFault fault)
    {
        var before = _faults.GetValueOrDefault(path);
        _faults[path] = fault;
        if (fault != before)
        {
            _logger.MessageFault(fault.ToString());
        }
    }

    private FrozenDictionary<string, string>? TryRead(string path)
    {
        try
        {
            if (MessageFile.TryRead(path, File.ReadAllBytes(path), BuiltIn[English], out var fault) is { } texts)
            {
                _ = _faults.TryRemove(path, out _);
                return texts.ToFrozenDictionary(StringComparer.Ordinal);
            }

            Tell(path, fault!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Tell(path, new SettingFault($"the file cannot be read; {exception.Message}", File: path));
        }

        return null;
    }

    // "messages.json" → en, "messages.fi.json" → fi, "messages.bank.json" → bank/en, "messages.bank.fi.json" → bank/fi.
    private string? LayerOf(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split('.');
        return parts switch
        {
            ["messages"] => English,
            ["messages", var part] when IsMethod(part) => Layers.Name(part, English),
            ["messages", var part] when IsCulture(part) => part,
            ["messages", var method, var culture] when IsMethod(method) && IsCulture(culture) => Layers.Name(method, culture),
            _ => null,
        };
    }

    private bool IsMethod(string name) => _methods.All.Any(method => string.Equals(method.Scheme, name, StringComparison.OrdinalIgnoreCase));

    private static bool IsCulture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    /// <summary>One state of all texts; never changed, only replaced.</summary>
    private sealed class Layers(FrozenDictionary<string, FrozenDictionary<string, string>> files)
    {
        private readonly ConcurrentDictionary<(string? Method, string Culture), MessageSet> _sets = new();

        public IReadOnlyCollection<string> Cultures { get; } =
            [.. BuiltIn.Keys.Concat(files.Keys.Where(layer => !layer.Contains('/', StringComparison.Ordinal))).Distinct(StringComparer.OrdinalIgnoreCase)];

        public static string Name(string method, string culture) => $"{method}/{culture}";

        public MessageSet For(string? method, CultureInfo culture) =>
            _sets.GetOrAdd((method, culture.Name), _ => new MessageSet(culture, Merge(method, culture)));

        private FrozenDictionary<string, string> Merge(string? method, CultureInfo culture)
        {
            List<string> cultures = [];
            for (var each = culture; each.Name.Length > 0; each = each.Parent)
            {
                cultures.Add(each.Name);
            }

            var order = new List<FrozenDictionary<string, string>?>();
            if (method is not null)
            {
                order.AddRange(cultures.Append(English).Select(name => files.GetValueOrDefault(Name(method, name))));
            }

            foreach (var name in cultures.Append(English))
            {
                order.Add(files.GetValueOrDefault(name));
                order.Add(BuiltIn.GetValueOrDefault(name));
            }

            var merged = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (key, text) in order.OfType<FrozenDictionary<string, string>>().SelectMany(layer => layer))
            {
                _ = merged.TryAdd(key, text);
            }

            return merged.ToFrozenDictionary(StringComparer.Ordinal);
        }
    }
}
