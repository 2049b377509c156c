using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;

namespace SsoCibaMethod.Methods;

/// <summary>Tells the log what became of a method when the settings were read: each change once, however often they are read for another's sake.</summary>
internal sealed class MethodNews(ILogger logger)
{
    /// <param name="isThere">Whether it is in the settings.</param>
    /// <param name="now">What is in force of it.</param>
    /// <param name="before">What was.</param>
    /// <param name="faults">What is wrong with it as it is written.</param>
    /// <param name="faultsBefore">What was wrong when it was read last.</param>
    /// <param name="isStart">Whether the application starts.</param>
    public void Tell(
        bool isThere, CibaMethod now, CibaMethod? before, IReadOnlyList<SettingFault> faults, IReadOnlyList<SettingFault>? faultsBefore, bool isStart)
    {
        if (faults.Count > 0 && faultsBefore?.SequenceEqual(faults) != true)
        {
            TellFaults(now, faults);
        }

        if (now == before || (faults.Count > 0 && !now.HasClient))
        {
            return;
        }

        if (now is { HasClient: true, IsRetired: false } && now.Options.ClientAuthentication.Audience != ClientAssertionAudience.Issuer)
        {
            logger.AudienceIsEndpoint(now.Scheme);
        }

        if (before is null && !isStart)
        {
            logger.MethodAdded(now.Scheme);
        }
        else if (before is not null && !isThere)
        {
            logger.MethodRemoved(now.Scheme);
        }
        else if (before is not null && !now.Options.Enabled)
        {
            logger.MethodDisabled(now.Scheme);
        }
        else if (before is not null)
        {
            logger.MethodRead(now.Scheme);
        }
    }

    private void TellFaults(CibaMethod now, IReadOnlyList<SettingFault> faults)
    {
        foreach (var fault in faults)
        {
            logger.MethodFault(fault.ToString());
        }

        if (now is { HasClient: true, Options.Enabled: true })
        {
            logger.MethodKept(now.Scheme);
        }
        else
        {
            logger.MethodOff(now.Scheme);
        }
    }
}
