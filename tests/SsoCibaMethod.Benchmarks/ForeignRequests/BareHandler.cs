using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SsoCibaMethod.Benchmarks.ForeignRequests;

/// <summary>The least that a remote handler of the framework is.</summary>
internal sealed class BareHandler(IOptionsMonitor<RemoteAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : RemoteAuthenticationHandler<RemoteAuthenticationOptions>(options, logger, encoder)
{
    protected override Task<HandleRequestResult> HandleRemoteAuthenticateAsync() => Task.FromResult(HandleRequestResult.NoResult());
}
