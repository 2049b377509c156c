using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SsoCibaMethod.PostgreSql.Keys;

/// <summary>Says at the start that keys beside the data protect nothing against a leak of the database, unless something wraps them.</summary>
internal sealed class KeyWarning(IOptions<KeyManagementOptions> keys, ILogger<KeyWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (keys.Value.XmlEncryptor is null)
        {
            logger.KeysUnwrapped();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
