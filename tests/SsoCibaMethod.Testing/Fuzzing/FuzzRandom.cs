namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>SplitMix64: the same choices from the same seed on every machine and runtime.</summary>
public sealed class FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool OneIn(int chances) => Below(chances) == 0;

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)Next();
        }

        return bytes;
    }

    /// <summary>The generator of one case, so that it can be made again without those before it, and whatever other kinds there are.</summary>
    public static FuzzRandom Of(ulong seed, string kind, int number) =>
        new(Mix(kind.Aggregate(Mix(seed), (hash, letter) => Mix(hash ^ letter)) + (ulong)number));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
