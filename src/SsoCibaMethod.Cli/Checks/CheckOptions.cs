using System.CommandLine;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>The options of <c>ciba check</c>, the one list that help, documentation and reading share.</summary>
internal sealed class CheckOptions
{
    public Argument<string?> Config { get; } = new("config")
    {
        Description = "The directory that holds ciba.json; by default the first config/ from here upwards.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Resources { get; } = new("--resources") { Description = "The directory that holds the texts; by default resources/ beside config/, else the texts built in.", HelpName = "directory" };

    public Option<string[]> Method { get; } = new("--method", "-m") { Description = "A method to check, by its name; all by default. May be repeated.", HelpName = "name" };

    public Option<bool> Json { get; } = new("--json") { Description = "Writes JSON, for machines." };

    public Option<bool> Strict { get; } = new("--strict") { Description = "Lets warnings count in the exit code too." };

    public IEnumerable<Option> All => [Resources, Method, Json, Strict];
}
