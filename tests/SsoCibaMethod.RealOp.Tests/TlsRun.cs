using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A login by every client of the matrix over TLS, all at once; the tests look at what came of it.</summary>
public sealed class TlsRun : IAsyncLifetime, IDisposable
{
    private readonly TlsOp _tls = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, object> _logins = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        if (RealOpParts.ReasonToSkip is not null)
        {
            return;
        }

        await _tls.InitializeAsync();
        Methods = TlsMatrix.All(_tls, _folder);
        await using var host = await CibaHost.StartAsync([.. Methods.Select(At)], authority: _tls.Authority);
        foreach (var method in Methods)
        {
            await Op.AddClientAsync(method.Register(method.CallbackAt(host)));
            await Op.AddAccountAsync(new(method.User));
        }

        var logins = await Task.WhenAll(Methods.Select((method, index) => SignInAsync(host, method, index)));
        Seen = await Op.SeenAsync();
        foreach (var (method, ended) in Methods.Zip(logins))
        {
            _logins.Add(method.Name, ended is string authReqId ? new TlsLogin(method, Seen.Request(authReqId), host.Users[method.Name]) : ended);
        }
    }

    internal RealOp Op => _tls.Op;

    internal IReadOnlyList<TlsMethod> Methods { get; private set; } = [];

    /// <summary>What the OP saw of all of them.</summary>
    internal RealOpSeen Seen { get; private set; } = null!;

    /// <summary>Those that came to their end.</summary>
    internal IEnumerable<TlsLogin> Logins => _logins.Values.OfType<TlsLogin>();

    /// <summary>What came of one; throws what went wrong with it.</summary>
    internal TlsLogin Login(string name) => _logins[name] as TlsLogin ?? throw (Exception)_logins[name];

    public Task DisposeAsync() => _tls.DisposeAsync();

    public void Dispose()
    {
        _tls.Dispose();
        _folder.Dispose();
    }

    private HostMethod At(TlsMethod method) => new(method.Name, options =>
    {
        options.Authority = Op.Issuer;
        options.BackchannelTrust = _tls.Authority.RootFile;
        options.SaveTokens = true;
        method.Configure(options);
    });

    // Every other user of poll waits for a poll before the answer; behind ping nobody polls that soon.
    // One client's trouble is for its own tests to tell: it is returned in place of the request's id.
    private async Task<object> SignInAsync(CibaHost host, TlsMethod method, int index)
    {
        try
        {
            using var login = await UserLogin.BeginAsync(host, method.User, method.Name);
            var request = await Op.WaitForRequestAsync(method.User);
            await Op.WaitForPollsAsync(request.AuthReqId, method.IsPing ? 0 : index / 2 % 2);
            await Op.ApproveAsync(method.User);
            Assert.Equal("approved", await login.EndAsync());
            return request.AuthReqId;
        }
        catch (Exception trouble)
        {
            var log = host.Log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text);
            return new InvalidOperationException($"The login of {method.Name} failed. The host said:\n{string.Join('\n', log)}", trouble);
        }
    }
}

/// <summary>One client's login.</summary>
/// <param name="Method">The client.</param>
/// <param name="Seen">What the OP saw of it.</param>
/// <param name="User">What the host has of the user.</param>
internal sealed record TlsLogin(TlsMethod Method, SeenRequest Seen, AuthenticateResult User);

/// <summary>All that look at the run share it.</summary>
[CollectionDefinition(nameof(TlsRun))]
public sealed class TlsRunCollection : ICollectionFixture<TlsRun>;
