using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>A method as the host would have it, and what several checks want to know of its OP, asked for once.</summary>
internal sealed class CheckedMethod : IDisposable
{
    private readonly CibaMethod _method;
    private readonly Lazy<HttpMessageInvoker> _backchannel;
    private readonly Dictionary<string, ServerLook> _looks = new(StringComparer.OrdinalIgnoreCase);
    private MetadataReading? _metadata;

    public CheckedMethod(CibaMethod method, SettingPlaces places, TimeProvider time)
    {
        _method = method;
        Places = places;
        Time = time;
        _backchannel = new(() => new HttpMessageInvoker(BackchannelTransport.CreateHandler(new BackchannelTransportSettings
        {
            ClientCertificate = Client.ClientCertificate,
            TrustFile = Options.BackchannelTrust,
            RevocationMode = Options.BackchannelRevocation,
        })));
    }

    public string Scheme => _method.Scheme;

    public CibaOptions Options => _method.Options;

    public IReadOnlyList<string> Faults => _method.Faults;

    public SettingPlaces Places { get; }

    public TimeProvider Time { get; }

    /// <summary>Where the OP's metadata is; only of a method without faults.</summary>
    public ProviderMetadataSettings Provider => _method.Client.Provider.Settings;

    /// <summary>The client made from the settings; only of a method without faults.</summary>
    public CibaClientSettings Client => Provider.Client;

    /// <summary>The way to the OP, the very one that the host goes.</summary>
    public HttpMessageInvoker Backchannel => _backchannel.Value;

    public async Task<MetadataReading> ReadMetadataAsync(CancellationToken cancellationToken) =>
        _metadata ??= await MetadataReading.ReadAsync(Provider, Backchannel, Time, cancellationToken);

    /// <summary>Every server that the method calls, by one address at each.</summary>
    public async Task<IReadOnlyList<Uri>> ServersAsync(CancellationToken cancellationToken)
    {
        var metadata = await ReadMetadataAsync(cancellationToken);
        return
        [
            .. new[] { Provider.MetadataAddress }.Concat(metadata.Endpoints(Provider)).OfType<Uri>()
                .Where(EndpointAddress.IsAllowed).DistinctBy(address => address.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase),
        ];
    }

    public async Task<ServerLook> LookAsync(Uri address, CancellationToken cancellationToken)
    {
        var server = address.GetLeftPart(UriPartial.Authority);
        return _looks.TryGetValue(server, out var look)
            ? look
            : _looks[server] = await ServerLook.TakeAsync(address, Client.ClientCertificate, Options, Time, cancellationToken);
    }

    public void Dispose()
    {
        if (_backchannel.IsValueCreated)
        {
            _backchannel.Value.Dispose();
        }
    }
}
