using System.Collections.Frozen;
using System.Globalization;

namespace SsoCibaMethod.Messages;

/// <summary>The texts of one method in one language.</summary>
internal sealed class MessageSet(CultureInfo culture, FrozenDictionary<string, string> texts)
{
    public CultureInfo Culture => culture;

    public IEnumerable<KeyValuePair<string, string>> All => texts;

    /// <summary>The text as written; the key itself where there is none.</summary>
    public string this[string key] => texts.GetValueOrDefault(key, key);

    public string Format(string key, params object[] arguments) => string.Format(culture, this[key], arguments);

    public bool Has(string key) => texts.ContainsKey(key);
}
