using SsoCibaMethod.Testing;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>Every kind of flow at once, with values that occur nowhere by chance, and all that came out of it.</summary>
public sealed class ConfidentialRun : IAsyncLifetime, IDisposable
{
    private const string UserCode = "user-code-canary-2718";
    private const string WrongUserCode = "wrong-code-canary-3141";

    private readonly RealOp _op = new(new RealOpSettings());
    private readonly TemporaryFolder _folder = new();
    private readonly Wire _wire = new();
    private readonly List<UserLogin> _logins = [];

    /// <summary>What must stay where it belongs, by its name on the wire.</summary>
    internal ILookup<string, string> Confidential => _wire.Confidential;

    /// <summary>Every line of the host, the framework's too.</summary>
    internal IReadOnlyCollection<CapturedLine> Log { get; private set; } = [];

    /// <summary>Every address, header, cookie and page.</summary>
    internal IReadOnlyCollection<string> Received { get; private set; } = [];

    public async Task InitializeAsync()
    {
        if (RealOpParts.ReasonToSkip is not null)
        {
            return;
        }

        await _op.InitializeAsync();
        var kinds = ClientKind.All(_folder);
        foreach (var kind in kinds)
        {
            await _op.AddClientAsync(kind.Registration);
            await _op.AddAccountAsync(new(Hint(kind.Name), Mode: PhoneMode.Approve));
        }

        await _op.AddClientAsync(new("brief") { ClientSecret = CibaHost.Secret });
        await _op.AddAccountAsync(new(Hint("declines"), Mode: PhoneMode.Decline));
        await _op.AddAccountAsync(new(Hint("expires")));
        await _op.AddAccountAsync(new(Hint("cancels")));
        await _op.AddAccountAsync(new(Hint("has-code"), UserCode, PhoneMode.Approve));

        await using var host = await CibaHost.StartAsync([.. kinds.Select(kind => Tap(kind.At(_op))), Tap(Brief)]);
        await using var plain = await CibaHost.StartAsync([Tap(Brief)], texts: null);
        await Task.WhenAll(
        [
            .. kinds.Select(kind => SignInAsync(host, kind)),
            EndAsync(host, "declines", "basic", "declined"),
            EndAsync(host, "expires", "brief", "expired"),
            CancelAsync(host),
            GiveUserCodeAsync(host),
            BeginAsync(host, "is-unknown", "post"),
            BeginAsync(plain, "meets-a-fault", "brief"),
        ]);
        Log = [.. host.Log.Lines, .. plain.Log.Lines];
        Received = [.. _logins.SelectMany(login => login.Browser.Received)];
    }

    public async Task DisposeAsync() => await _op.DisposeAsync();

    public void Dispose()
    {
        _logins.ForEach(login => login.Dispose());
        _op.Dispose();
        _folder.Dispose();
        _wire.Dispose();
    }

    private static string Hint(string who) => $"hint-canary-{who}";

    private HostMethod Brief => new("brief", options =>
    {
        options.Authority = _op.Issuer;
        options.ClientSecret = CibaHost.Secret;
        options.RequestedExpiry = TimeSpan.FromSeconds(7);
    });

    private HostMethod Tap(HostMethod method) => new(method.Scheme, options =>
    {
        method.Configure(options);
        options.BackchannelHttpHandler = _wire;
    });

    private async Task<UserLogin> BeginAsync(CibaHost host, string who, string scheme)
    {
        var login = await UserLogin.BeginAsync(host, Hint(who), scheme);
        lock (_logins)
        {
            _logins.Add(login);
        }

        return login;
    }

    private async Task<UserLogin> EndAsync(CibaHost host, string who, string scheme, string state)
    {
        var login = await BeginAsync(host, who, scheme);
        Assert.Equal(state, await login.EndAsync());
        return login;
    }

    private async Task SignInAsync(CibaHost host, ClientKind kind) =>
        Assert.True((await EndAsync(host, kind.Name, kind.Name, "approved")).IsSignedIn);

    private async Task CancelAsync(CibaHost host)
    {
        var login = await BeginAsync(host, "cancels", "pem");
        await login.CancelAsync();
    }

    private async Task GiveUserCodeAsync(CibaHost host)
    {
        var login = await BeginAsync(host, "has-code", "jwk");
        await login.SendAsync(("user_code", WrongUserCode));
        await login.SendAsync(("user_code", UserCode));
        Assert.Equal("approved", await login.EndAsync());
    }
}
