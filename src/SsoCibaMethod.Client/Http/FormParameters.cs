using System.Net.Http.Headers;
using System.Text;

namespace SsoCibaMethod.Client;

/// <summary>The parameters of one request, in the order of their names, percent-encoded as UTF-8 (a space is <c>%20</c>).</summary>
internal sealed class FormParameters
{
    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");

    private readonly SortedList<string, string[]> _values;
    private readonly List<string> _confidential;

    public FormParameters() => (_values, _confidential) = (new SortedList<string, string[]>(StringComparer.Ordinal), []);

    private FormParameters(FormParameters original) => (_values, _confidential) = (new SortedList<string, string[]>(original._values, StringComparer.Ordinal), original._confidential);

    /// <summary>The values that must appear nowhere else.</summary>
    public IReadOnlyList<string> Confidential => _confidential;

    /// <summary>Adds a parameter; throws if it is there already, since an OP refuses a repeated one.</summary>
    public void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _values.Add(name, [value]);
        }
    }

    /// <summary>Adds a parameter once for each value: what <c>resource</c> alone may do (RFC 8707 §2).</summary>
    public void AddEach(string name, IEnumerable<string> values) => _values.Add(name, [.. values]);

    public void AddConfidential(string name, string? value)
    {
        Add(name, value);
        if (!string.IsNullOrEmpty(value))
        {
            _confidential.Add(value);
        }
    }

    /// <summary>Adds a parameter that may be there already with the same value.</summary>
    public void Ensure(string name, string value) => _values.TryAdd(name, [value]);

    public void Hide(string value) => _confidential.Add(value);

    public void Hide(IEnumerable<string> values) => _confidential.AddRange(values);

    /// <summary>The same parameters for one sending, which adds its own proof of the client. What is confidential in it is confidential here.</summary>
    public FormParameters Copy() => new(this);

    public HttpContent ToContent(TimeProvider time)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _values.SelectMany(parameter => parameter.Value.Select(value => (parameter.Key, value))))
        {
            _ = text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return new TimedContent(Encoding.ASCII.GetBytes(text.ToString()), time) { Headers = { ContentType = FormType } };
    }
}
