using Microsoft.AspNetCore.Authentication;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A login by every client of the matrix over TLS, all at once; the tests look at what came of it.</summary>
public sealed class TlsRun : IAsyncLifetime, IDisposable
{
    private readonly TlsOp _tls = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, TlsLogin> _logins = new(StringComparer.Ordinal);

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
        foreach (var login in logins)
        {
            _logins.Add(login.Method.Name, login);
        }
    }

    internal RealOp Op => _tls.Op;

    internal IReadOnlyList<TlsMethod> Methods { get; private set; } = [];

    /// <summary>What the OP saw of all of them.</summary>
    internal RealOpSeen Seen { get; private set; } = null!;

    /// <summary>What came of one; throws what went wrong with it.</summary>
    internal TlsLogin Login(string name) => _logins[name] is { Trouble: { } trouble } ? throw new InvalidOperationException($"The login of {name} failed.", trouble) : _logins[name];

    public Task DisposeAsync() => _tls.DisposeAsync();

    public void Dispose()
    {
        _tls.Dispose();
        _folder.Dispose();
    }

    private HostMethod At(TlsMethod method) => new(method.Name, options =>
    {
        options.Authority = Op.Issuer;
        options.BackchannelHttpHandler = Op.Network();
        options.SaveTokens = true;
        method.Configure(options);
    });

    // Every other user of poll waits for a poll before the answer; behind ping nobody polls that soon.
    private async Task<TlsLogin> SignInAsync(CibaHost host, TlsMethod method, int index)
    {
        try
        {
            using var login = await UserLogin.BeginAsync(host, method.User, method.Name);
            var request = await Op.WaitForRequestAsync(method.User);
            await Op.WaitForPollsAsync(request.AuthReqId, method.IsPing ? 0 : index % 2);
            await Op.ApproveAsync(method.User);
            Assert.Equal("approved", await login.EndAsync());
            return new(method, request, host.Users[method.Name], Trouble: null);
        }
        catch (Exception trouble)
        {
            // One client's trouble is for its own tests to tell.
            return new(method, Request: null, User: null, new InvalidOperationException(string.Join('\n', host.Log.Lines.Select(line => line.Text)), trouble));
        }
    }
}

/// <summary>What came of one client's login.</summary>
internal sealed record TlsLogin(TlsMethod Method, RealOpRequest? Request, AuthenticateResult? User, Exception? Trouble);

/// <summary>All that look at the run share it.</summary>
[CollectionDefinition(nameof(TlsRun))]
public sealed class TlsRunCollection : ICollectionFixture<TlsRun>;
