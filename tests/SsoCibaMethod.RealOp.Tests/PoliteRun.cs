using Microsoft.AspNetCore.Authentication;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>
/// A login by every kind of client, all at once: half is approved before the first poll, half after it. One person is declined and one waits on,
/// so that polls after an end would show.
/// </summary>
public sealed class PoliteRun : IAsyncLifetime, IDisposable
{
    private readonly RealOp _op = new(new RealOpSettings());
    private readonly TemporaryFolder _folder = new();

    internal IReadOnlyList<ClientKind> Kinds { get; private set; } = [];

    /// <summary>What the host has of each client's user.</summary>
    internal Dictionary<string, AuthenticateResult> Users { get; private set; } = [];

    /// <summary>What the OP saw of all that ended; each was left alone for two more polls of the one who waits on.</summary>
    internal IReadOnlyList<SeenRequest> Ended { get; private set; } = [];

    /// <summary>What the OP saw of the one who waits on.</summary>
    internal SeenRequest Waiting { get; private set; } = null!;

    internal IReadOnlyList<SeenJwt> Assertions { get; private set; } = [];

    internal string Issuer => _op.Issuer;

    public async Task InitializeAsync()
    {
        if (RealOpParts.ReasonToSkip is not null)
        {
            return;
        }

        await _op.InitializeAsync();
        Kinds = ClientKind.All(_folder);
        foreach (var kind in Kinds)
        {
            await _op.AddClientAsync(kind.Registration);
            await _op.AddAccountAsync(new($"user-of-{kind.Name}"));
        }

        await using var host = await CibaHost.StartAsync([.. Kinds.Select(kind => kind.At(_op))]);
        using var waits = await UserLogin.BeginAsync(host, "alice", "pem");
        var waiting = (await _op.WaitForRequestAsync("alice")).AuthReqId;
        await _op.AddAccountAsync(new("declines", Mode: PhoneMode.Decline));
        using var declined = await UserLogin.BeginAsync(host, "declines", "pem");

        var ended = await Task.WhenAll(Kinds.Select((kind, index) => SignInAsync(host, kind, pollsBefore: index % 2)));
        Assert.Equal("declined", await declined.EndAsync());
        await _op.WaitForPollsAsync(waiting, (await _op.SeenAsync()).Request(waiting).Polls.Count + 2);

        var seen = await _op.SeenAsync();
        Users = new(host.Users, StringComparer.Ordinal);
        Waiting = seen.Request(waiting);
        Ended = [.. seen.Requests.Where(request => request.AuthReqId != waiting)];
        Assertions = seen.Assertions;
        Assert.Equal(ended.Length + 1, Ended.Count);
    }

    public async Task DisposeAsync() => await _op.DisposeAsync();

    public void Dispose()
    {
        _op.Dispose();
        _folder.Dispose();
    }

    private async Task<string> SignInAsync(CibaHost host, ClientKind kind, int pollsBefore)
    {
        var user = $"user-of-{kind.Name}";
        using var login = await UserLogin.BeginAsync(host, user, kind.Name);
        var request = await _op.WaitForRequestAsync(user);
        await _op.WaitForPollsAsync(request.AuthReqId, pollsBefore);
        await _op.ApproveAsync(user);
        Assert.Equal("approved", await login.EndAsync());
        Assert.True(login.IsSignedIn);
        return request.AuthReqId;
    }
}

/// <summary>All that look at the run share it.</summary>
[CollectionDefinition(nameof(PoliteRun))]
public sealed class PoliteRunCollection : ICollectionFixture<PoliteRun>;
