namespace SsoCibaMethod.Client;

/// <summary>A client and the connections made for it, which end with the program's services.</summary>
internal sealed class OwnedClient(CibaClient client, HttpMessageHandler? handler) : IDisposable
{
    public CibaClient Client => client;

    public void Dispose() => handler?.Dispose();
}
