namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>One kind of answer that is fuzzed.</summary>
public interface IFuzzKind : IAsyncDisposable
{
    string Name { get; }

    /// <summary>How many of a thousand answers are of this kind.</summary>
    int Share { get; }

    Task<FuzzTally> RunAsync();
}
