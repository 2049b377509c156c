using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Polling;

/// <summary>Tells of an OP's outage in one line when it begins and in one when it is over, however many logins wait for it.</summary>
internal sealed class OpOutages(OpHealths healths, OwnedLogins owned, ILogger logger)
{
    public void Answered(CibaMethod method, TimeSpan now)
    {
        var health = healths.Of(method.Scheme);
        health.Answers(now);
        healths.Look(method.Scheme, health, now);
    }

    public void Failed(CibaMethod method, TimeSpan now, string cause)
    {
        if (healths.Of(method.Scheme).Fails(now, cause))
        {
            logger.OpGone(method.Scheme, owned.CountOf(method.Scheme), cause);
        }
    }
}
