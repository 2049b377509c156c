using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Benchmarks.Hosting;

/// <summary>A login with what its browser has: the addresses and the cookie.</summary>
internal sealed record WatchedLogin(string Callback, PendingLogin Login, string Cookie)
{
    /// <summary>The same login as its browser sees it through another node.</summary>
    public WatchedLogin At(BenchmarkHost node) => this with { Callback = node.Address + new Uri(Callback).AbsolutePath };

    public string Page => $"{Callback}?a={Login.Reference}";

    /// <summary>Answered at once.</summary>
    public string Status => $"{Callback}/status?a={Login.Reference}";

    /// <summary>Held until something changes.</summary>
    public string HeldStatus => $"{Status}&seen={Login.Version}";
}
