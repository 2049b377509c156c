using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Polling;

/// <summary>Tells of an OP's outage in one line when it begins and in one when it is over, however many logins wait for it.</summary>
internal sealed class OpOutages(OwnedLogins owned, ILogger logger)
{
    public void Answered(CibaMethod method, TimeSpan now)
    {
        if (method.Op.Answers(now) is { } away)
        {
            logger.OpBack(method.Scheme, away.TotalSeconds);
        }
    }

    public void Failed(CibaMethod method, TimeSpan now, string cause)
    {
        if (method.Op.Fails(now, cause))
        {
            logger.OpGone(method.Scheme, owned.CountOf(method.Scheme), cause);
        }
    }
}
