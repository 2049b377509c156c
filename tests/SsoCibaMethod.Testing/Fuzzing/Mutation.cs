using System.Text;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>Bytes as a hostile OP might send them: something good with a few things spoiled, or nothing good at all; now and then very much of it, or the good thing itself.</summary>
public static class Mutation
{
    // Beyond the largest answer that is read.
    private const int Huge = 1_200_000;

    public static byte[] Of(FuzzRandom random, params IReadOnlyList<string> seeds)
    {
        var good = Encoding.UTF8.GetBytes(random.Pick(seeds));
        return random.Below(200) switch
        {
            0 => Swollen(random, good),
            < 6 => good,
            < 16 => random.Bytes(random.Below(300)),
            < 26 => [.. Enumerable.Range(0, random.Below(40)).SelectMany(_ => random.Pick(Spice.Pieces))],
            < 110 => Repeat(random, good, JsonMutation.Of),
            _ => Repeat(random, good, Edit),
        };
    }

    /// <summary>One change of bytes.</summary>
    public static byte[] Edit(FuzzRandom random, byte[] good)
    {
        var at = random.Below(good.Length + 1);
        var spice = random.Pick(Spice.Pieces);
        return random.Below(8) switch
        {
            0 => [.. good[..at], .. spice, .. good[at..]],
            1 => [.. good[..at], .. spice, .. good[Math.Min(at + spice.Length, good.Length)..]],
            2 => [.. good[..at], .. good[Math.Min(at + 1, good.Length)..]],
            3 => good[..at],
            4 => [.. good[..at], .. good[..at]],
            5 when at < good.Length => [.. good[..at], (byte)(good[at] ^ (1 << random.Below(8))), .. good[(at + 1)..]],
            6 when at < good.Length => [.. good[..at], (byte)random.Next(), .. good[(at + 1)..]],
            _ => [.. good[at..], .. good[..at]],
        };
    }

    private static byte[] Repeat(FuzzRandom random, byte[] good, Func<FuzzRandom, byte[], byte[]> edit)
    {
        // Beyond that, what is repeated doubles again and again.
        for (var times = 1 + random.Below(3); times > 0 && good.Length < 100_000; times--)
        {
            good = edit(random, good);
        }

        return good;
    }

    private static byte[] Swollen(FuzzRandom random, byte[] good)
    {
        var spice = random.Pick(Spice.Pieces);
        var size = random.Below(random.OneIn(8) ? Huge : 40_000);
        byte[] much = spice.Length == 0 ? new byte[size] : [.. Enumerable.Repeat(spice, size / spice.Length).SelectMany(piece => piece)];
        var at = random.Below(good.Length + 1);
        return random.Below(3) switch
        {
            0 => [.. good[..at], .. much, .. good[at..]],
            1 => Repeat(random, [.. "{\"x\":\""u8, .. Enumerable.Repeat((byte)'a', size), .. "\","u8, .. good.Skip(1)], JsonMutation.Of),
            _ => Repeat(random, [.. much, .. good], Edit),
        };
    }
}
