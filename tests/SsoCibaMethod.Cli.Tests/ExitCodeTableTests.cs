using System.Globalization;
using System.Reflection;

namespace SsoCibaMethod.Cli.Tests;

/// <summary>The table of exit codes has no number that the program does not give.</summary>
public class ExitCodeTableTests
{
    [Fact]
    public void Every_number_in_the_tables_is_an_exit_code()
    {
        var codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (int)code.GetRawConstantValue()!).ToHashSet();
        var told = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "cli.md"))
            .Select(line => int.TryParse(line.Trim('|', ' ').Split('|')[0], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var code) ? code : -1)
            .Where(code => code >= 0).ToHashSet();

        Assert.Equal(codes.Order(), told.Order());
    }
}
