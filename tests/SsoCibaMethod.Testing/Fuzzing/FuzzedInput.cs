using System.Globalization;
using Xunit.Sdk;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>Fuzzed input that is no answer of an OP: what a host or an administrator gives.</summary>
public static class FuzzedInput
{
    /// <summary>Holds so many inputs against a rule. A failure prints the seed and the case that make its input again.</summary>
    public static void Each(string kind, int cases, Func<FuzzRandom, byte[]> make, Action<byte[]> check)
    {
        var (first, last) = FuzzSettings.Case is { } only ? (only, only + 1) : (0, cases);
        for (var number = first; number < last; number++)
        {
            var input = make(FuzzRandom.Of(FuzzSettings.Seed, kind, number));
            try
            {
                check(input);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                throw new XunitException(string.Create(
                    CultureInfo.InvariantCulture, $"{kind}, CIBA_FUZZ_SEED={FuzzSettings.Seed} CIBA_FUZZ_CASE={number}: {exception.Message}\n  {Convert.ToBase64String(input)}"), exception);
            }
        }
    }
}
