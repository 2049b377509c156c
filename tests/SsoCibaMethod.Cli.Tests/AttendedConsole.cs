using Spectre.Console;
using Spectre.Console.Rendering;

namespace SsoCibaMethod.Cli.Tests;

/// <summary>A terminal with somebody in front of it, who types what is given here.</summary>
internal sealed class AttendedConsole(IAnsiConsole console, string typed) : IAnsiConsole, IAnsiConsoleInput
{
    private readonly Queue<char> _typed = new(typed);

    public Profile Profile => console.Profile;

    public IAnsiConsoleCursor Cursor => console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => console.ExclusivityMode;

    public RenderPipeline Pipeline => console.Pipeline;

    public void Clear(bool home) => console.Clear(home);

    public void Write(IRenderable renderable) => console.Write(renderable);

    public bool IsKeyAvailable() => _typed.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept)
    {
        var letter = _typed.Count > 0 ? _typed.Dequeue() : throw new InvalidOperationException("Nobody types any more.");
        return new ConsoleKeyInfo(letter, letter == '\n' ? ConsoleKey.Enter : ConsoleKey.None, shift: false, alt: false, control: false);
    }

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
}
