namespace SsoCibaMethod.Cli.Checks;

/// <summary>One idea of what can be wrong with a method.</summary>
internal interface IMethodCheck
{
    /// <summary>Its name in the table, in JSON and in the documentation; scripts rely on it.</summary>
    string Name { get; }

    /// <summary>The check that must not have failed, or been skipped, for this one to make sense.</summary>
    string? Needs { get; }

    Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken);
}
