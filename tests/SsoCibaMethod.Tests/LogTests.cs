using System.Reflection;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Tests;

public class LogTests
{
    private static readonly IReadOnlyList<LoggerMessageAttribute> Messages =
        [.. typeof(CibaLog).GetMethods(BindingFlags.Static | BindingFlags.Public).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Every_log_message_has_an_id_and_a_name_of_its_own()
    {
        Assert.NotEmpty(Messages);
        Assert.Equal(Messages.Count, Messages.Select(message => message.EventId).Distinct().Count());
        Assert.Equal(Messages.Count, Messages.Select(message => message.EventName).Distinct(StringComparer.Ordinal).Count());
    }
}
