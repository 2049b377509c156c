using System.Net.Http.Headers;
using System.Text;

namespace SsoCibaMethod.Client;

/// <summary>The parameters of one request, in the order of their names, percent-encoded as UTF-8 (a space is <c>%20</c>).</summary>
internal sealed class FormParameters
{
    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");

    // Encoded already, and in order from the beginning: a handful at most, for which that is quicker than any index.
    private readonly List<KeyValuePair<string, string>> _values;
    private readonly List<string> _confidential;

    public FormParameters() => (_values, _confidential) = ([], []);

    private FormParameters(FormParameters original) => (_values, _confidential) = ([.. original._values], original._confidential);

    /// <summary>The values that must appear nowhere else.</summary>
    public IReadOnlyList<string> Confidential => _confidential;

    /// <summary>Adds a parameter; throws if it is there already, since an OP refuses a repeated one.</summary>
    public void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            AddEncoded(Uri.EscapeDataString(name), Uri.EscapeDataString(value));
        }
    }

    /// <summary>Adds a parameter that is encoded already, for example one that is the same in each request.</summary>
    public void AddEncoded(string name, string value)
    {
        if (!TryPlace(name, out var place))
        {
            throw Repeated(name);
        }

        _values.Insert(place, new(name, value));
    }

    /// <summary>Adds a parameter once for each value: what <c>resource</c> alone may do (RFC 8707 §2).</summary>
    public void AddEach(string name, IEnumerable<string> values)
    {
        name = Uri.EscapeDataString(name);
        if (!TryPlace(name, out var place))
        {
            throw Repeated(name);
        }

        _values.InsertRange(place, values.Select(value => KeyValuePair.Create(name, Uri.EscapeDataString(value))));
    }

    public void AddConfidential(string name, string? value)
    {
        Add(name, value);
        if (!string.IsNullOrEmpty(value))
        {
            _confidential.Add(value);
        }
    }

    /// <summary>Adds a parameter that may be there already with the same value.</summary>
    public void Ensure(string name, string value)
    {
        name = Uri.EscapeDataString(name);
        if (TryPlace(name, out var place))
        {
            _values.Insert(place, new(name, Uri.EscapeDataString(value)));
        }
    }

    public void Hide(string value) => _confidential.Add(value);

    public void Hide(IEnumerable<string> values) => _confidential.AddRange(values);

    /// <summary>The same parameters for one sending, which adds its own proof of the client. What is confidential in it is confidential here.</summary>
    public FormParameters Copy() => new(this);

    public HttpContent ToContent(TimeProvider time)
    {
        var length = 0;
        foreach (var (name, value) in _values)
        {
            length += name.Length + value.Length + 2;
        }

        var body = new byte[Math.Max(length - 1, 0)];
        var at = 0;
        foreach (var (name, value) in _values)
        {
            if (at > 0)
            {
                body[at++] = (byte)'&';
            }

            at += Encoding.ASCII.GetBytes(name, body.AsSpan(at));
            body[at++] = (byte)'=';
            at += Encoding.ASCII.GetBytes(value, body.AsSpan(at));
        }

        return new TimedContent(body, time) { Headers = { ContentType = FormType } };
    }

    private static ArgumentException Repeated(string name) => new($"The parameter {name} is there already.", nameof(name));

    /// <summary>Where a new parameter belongs.</summary>
    /// <returns>Whether it is new.</returns>
    private bool TryPlace(string name, out int place)
    {
        for (place = 0; place < _values.Count; place++)
        {
            var order = string.CompareOrdinal(_values[place].Key, name);
            if (order >= 0)
            {
                return order > 0;
            }
        }

        return true;
    }
}
