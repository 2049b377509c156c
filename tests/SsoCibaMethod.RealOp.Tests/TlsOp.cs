namespace SsoCibaMethod.RealOp.Tests;

/// <summary>
/// The real OP as it is in production: https alone, beside it endpoints that ask for a client certificate, every feature it has.
/// It answers polls each second, so that a test waits no longer.
/// </summary>
public sealed class TlsOp : IAsyncLifetime, IDisposable
{
    public const int Interval = 1;

    public TlsOp()
    {
        Op = new RealOp(
            new RealOpSettings { Interval = Interval, ConformIdTokenClaims = true, RequireDpopNonce = true, HintKey = Hints.PublicKey },
            Authority);
    }

    public RealOp Op { get; }

    /// <summary>Whom the OP has its certificate from, and trusts with those of clients and of their notification endpoints.</summary>
    internal LocalAuthority Authority { get; } = new();

    /// <summary>Whom the OP takes login hint tokens from.</summary>
    internal HintIssuer Hints { get; } = new();

    public Task InitializeAsync() => Op.InitializeAsync();

    public Task DisposeAsync() => Op.DisposeAsync();

    public void Dispose()
    {
        Op.Dispose();
        Hints.Dispose();
        Authority.Dispose();
    }
}
