using Microsoft.Extensions.Logging;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Protection;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Hosting;

/// <summary>What tells the operator, for parts that are put together without a host.</summary>
internal static class Reports
{
    public static LoginReports On(TimeProvider time, CapturedLog? log = null) => new(new CibaMetrics(), new BurstWatch(time), Logger(log ?? new CapturedLog()));

    public static ILogger<CibaHandler> Logger(CapturedLog log) => new Logger<CibaHandler>(new LoggerFactory([log]));
}
