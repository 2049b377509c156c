namespace SsoCibaMethod.Client;

/// <summary>
/// Sends with the certificate and the roots that are on disk now. A change begins new connections at once: on an old one the OP would go on seeing the old certificate.
/// </summary>
internal sealed class RenewingHandler : HttpMessageHandler
{
    private readonly BackchannelTransportSettings _settings;
    private readonly StampedFiles<TrustedRoots>? _roots;
    private readonly Lock _gate = new();

    private Generation? _current;
    private bool _isDisposed;

    public RenewingHandler(BackchannelTransportSettings settings)
    {
        _settings = settings;
        if (settings.TrustFile is { } path)
        {
            _roots = new StampedFiles<TrustedRoots>([path], () => TrustedRoots.Read(path), settings.Time)
            {
                Changed = (_, fault) =>
                {
                    if (fault is not null)
                    {
                        settings.OnFault?.Invoke($"{path}: {fault} The roots read before stay in use.");
                    }
                },
            };
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Current().Invoker.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _isDisposed = true;
                _current?.Invoker.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private Generation Current()
    {
        var (certificate, roots) = (_settings.ClientCertificate?.Current, _roots?.Current);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_current is null || _current.Certificate != certificate || _current.Roots != roots)
            {
                // The old one is left to itself: what is in flight ends as it should, and idle connections close within a minute.
                _current = new Generation(certificate, roots, new HttpMessageInvoker(BackchannelTransport.Create(_settings, certificate, roots)));
            }

            return _current;
        }
    }

    private sealed record Generation(ClientCertificate? Certificate, TrustedRoots? Roots, HttpMessageInvoker Invoker);
}
