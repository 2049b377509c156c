using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Bytes as a hostile OP might send them: something good with a few things spoiled, or nothing good at all.</summary>
internal static class Mutation
{
    // What parsers trip over: escapes, surrogates, broken UTF-8, numbers beyond every range, brackets that never close.
    private static readonly byte[][] Spice =
    [
        .. new[]
        {
            "\\ud800", "\\udc00\\ud800", "\\u0000", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "1e400", "-1", "1e-400", "99999999999999999999", "0.1", "\uFEFF", "\n", " ", "//", "",
            "\"error\":\"\\ud800\",", "\"\\ud800\":1,", "\"sub\":{},", "{\"a\":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", ".", "..", "-", "_", "=",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x00],
    ];

    public static Gen<byte[]> Of(params string[] seeds) => Gen.Frequency(
        (6, from seed in Gen.Elements(seeds) from count in Gen.Choose(1, 3) from edits in Gen.Choose(0, int.MaxValue).ArrayOf(count) select Edit(Encoding.UTF8.GetBytes(seed), edits)),
        (1, Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf()),
        (1, Gen.Choose(0, Spice.Length - 1).ArrayOf().Select(numbers => numbers.SelectMany(number => Spice[number]).ToArray())));

    private static byte[] Edit(byte[] good, int[] edits)
    {
        foreach (var edit in edits)
        {
            var at = edit / 8 % (good.Length + 1);
            var spice = Spice[edit / 8192 % Spice.Length];
            good = (edit % 8) switch
            {
                0 => [.. good[..at], .. spice, .. good[at..]],
                1 => [.. good[..at], .. spice, .. good[Math.Min(at + spice.Length, good.Length)..]],
                2 => [.. good[..at], .. good[Math.Min(at + 1, good.Length)..]],
                3 => good[..at],
                4 => [.. good[..at], .. good[..at]],
                5 when at < good.Length => [.. good[..at], (byte)(good[at] ^ (1 << (edit / 65536 % 8))), .. good[(at + 1)..]],
                _ => good,
            };
        }

        return good;
    }
}
