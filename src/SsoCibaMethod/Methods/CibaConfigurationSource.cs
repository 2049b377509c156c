using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Methods;

/// <summary>The file <c>ciba.json</c> as a source of configuration.</summary>
internal sealed class CibaConfigurationSource(string path, TimeProvider time) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new CibaConfigurationProvider(path, time);
}
