using System.Globalization;
using System.Text;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>
/// Reads JSON by the letter of RFC 8259 and RFC 7493, with no part of the platform's reader: UTF-8, no name twice, no half of a surrogate pair, at most 32 deep.
/// The other opinion that a fuzzed answer is held against.
/// </summary>
public sealed class IndependentJson
{
    private const int Deepest = 32;

    private readonly string _text;
    private int _at;

    private IndependentJson(string text) => _text = text;

    /// <summary>The object; <see langword="null"/> where the bytes are not one object and nothing else.</summary>
    public static JsonTree.Members? Read(byte[] bytes)
    {
        try
        {
            var reader = new IndependentJson(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes));
            var value = reader.Value(1);
            reader.Space();
            return reader._at == reader._text.Length ? value as JsonTree.Members : null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private char Peek => _at < _text.Length ? _text[_at] : '\0';

    private JsonTree Value(int depth)
    {
        Space();
        return Peek switch
        {
            '{' => Members(Deeper(depth)),
            '[' => Items(Deeper(depth)),
            '"' => new JsonTree.Text(Text()),
            't' => Literal("true"),
            'f' => Literal("false"),
            'n' => Literal("null"),
            _ => Number(),
        };
    }

    private static int Deeper(int depth) => depth <= Deepest ? depth + 1 : throw new FormatException();

    private JsonTree.Members Members(int depth)
    {
        var members = new Dictionary<string, JsonTree>(StringComparer.Ordinal);
        Take('{');
        Space();
        while (Peek != '}')
        {
            Space();
            var name = Text();
            Space();
            Take(':');
            members.Add(name, Value(depth)); // throws where it is there already
            Space();
            if (Peek == '}')
            {
                break;
            }

            Take(',');
            Space();
            if (Peek == '}')
            {
                throw new FormatException();
            }
        }

        Take('}');
        return new JsonTree.Members(members);
    }

    private JsonTree.Items Items(int depth)
    {
        var items = new List<JsonTree>();
        Take('[');
        Space();
        if (Peek != ']')
        {
            items.Add(Value(depth));
            for (Space(); Peek == ','; Space())
            {
                Take(',');
                items.Add(Value(depth));
            }
        }

        Take(']');
        return new JsonTree.Items(items);
    }

    private JsonTree.Literal Literal(string name)
    {
        foreach (var letter in name)
        {
            Take(letter);
        }

        return new JsonTree.Literal(name);
    }

    private JsonTree.Number Number()
    {
        var start = _at;
        if (Peek == '-')
        {
            _at++;
        }

        if (Peek == '0')
        {
            _at++;
        }
        else
        {
            Digits();
        }

        if (Peek == '.')
        {
            _at++;
            Digits();
        }

        if (Peek is 'e' or 'E')
        {
            _at++;
            if (Peek is '+' or '-')
            {
                _at++;
            }

            Digits();
        }

        return new JsonTree.Number(_text[start.._at]);
    }

    private void Digits()
    {
        var start = _at;
        while (Peek is >= '0' and <= '9')
        {
            _at++;
        }

        if (_at == start)
        {
            throw new FormatException();
        }
    }

    private string Text()
    {
        var text = new StringBuilder();
        Take('"');
        while (Peek != '"')
        {
            if (_at == _text.Length || Peek < ' ')
            {
                throw new FormatException();
            }

            text.Append(Peek == '\\' ? Escaped() : _text[_at++]);
        }

        Take('"');
        var whole = text.ToString();

        // A half of a surrogate pair stands for no character; this throws.
        _ = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true).GetByteCount(whole);
        return whole;
    }

    private char Escaped()
    {
        Take('\\');
        var letter = Peek;
        _at++;
        return letter switch
        {
            '"' or '\\' or '/' => letter,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Unit(),
            _ => throw new FormatException(),
        };
    }

    private char Unit()
    {
        var digits = _at + 4 <= _text.Length ? _text.Substring(_at, 4) : "";
        _at += 4;
        return digits.Length == 4 && digits.All(char.IsAsciiHexDigit) ? (char)int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : throw new FormatException();
    }

    private void Space()
    {
        while (Peek is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private void Take(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
        {
            throw new FormatException();
        }

        _at++;
    }
}
