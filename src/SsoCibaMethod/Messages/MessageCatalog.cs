using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
    private readonly FrozenSet<string> _methods;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, byte> _refused = new(StringComparer.Ordinal);

    private Dictionary<string, (FileStamp Stamp, FrozenDictionary<string, string> Texts)> _files = new(StringComparer.OrdinalIgnoreCase);
    private volatile Layers _layers;

    public MessageCatalog(
        IConfiguration configuration, IHostEnvironment environment, IOptions<AuthenticationOptions> authentication, TimeProvider time, ILogger<CibaHandler> logger)
    {
        _directory = CibaDirectories.Resources(configuration, environment);
        _methods = authentication.Value.Schemes.Where(scheme => scheme.HandlerType == typeof(CibaHandler)).Select(scheme => scheme.Name)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _logger = logger;
        _layers = new Layers(FrozenDictionary<string, FrozenDictionary<string, string>>.Empty);
        if (_directory is not null)
        {
            Look();
            _timer = time.CreateTimer(_ => Look(), null, LookInterval, LookInterval);
        }
    }

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
                if (known.Texts is not null && known.Stamp == stamp)
                {
                    seen[path] = known;
                    continue;
                }

                changed = true;
                seen[path] = (stamp, TryRead(path) ?? known.Texts ?? FrozenDictionary<string, string>.Empty);
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
        if (_refused.TryAdd(path, 0))
        {
            _logger.MessageFault($"{Path.GetFileName(path)} is named after neither a method nor a language, so it is not read.");
        }

        return false;
    }

    private FrozenDictionary<string, string>? TryRead(string path)
    {
        try
        {
            return MessageFile.Read(path, File.ReadAllBytes(path), BuiltIn[English]).ToFrozenDictionary(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _logger.MessageFault($"{path}: {exception.Message}");
        }
        catch (InvalidDataException exception)
        {
            _logger.MessageFault(exception.Message);
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
            ["messages", var part] when _methods.Contains(part) => Layers.Name(part, English),
            ["messages", var part] when IsCulture(part) => part,
            ["messages", var method, var culture] when _methods.Contains(method) && IsCulture(culture) => Layers.Name(method, culture),
            _ => null,
        };
    }

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
