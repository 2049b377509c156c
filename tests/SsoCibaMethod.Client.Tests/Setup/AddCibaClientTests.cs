using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>A program's services hold one client, or several by name.</summary>
public sealed class AddCibaClientTests : IDisposable
{
    private static readonly CibaClientSettings Settings = new() { ClientId = TestToken.ClientId, Authentication = new ClientSecretPost(TestKeys.Secret) };

    private readonly FakeOp _op = new();
    private readonly ManualTimeProvider _time = new(TestToken.Now);

    [Fact]
    public async Task The_client_is_one_for_the_process_by_the_clock_of_the_program()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddCibaClient(FakeOp.Issuer, _ => Settings, _ => _op)
            .BuildServiceProvider(validateScopes: true);

        var client = provider.GetRequiredService<CibaClient>();
        var acknowledged = Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await client.StartAsync(Stage.Johndoe));

        Assert.Same(client, provider.GetRequiredService<CibaClient>());
        Assert.Equal(TestToken.Now, acknowledged.SentAt);
        Assert.Equal($"{FakeOp.Issuer}/.well-known/openid-configuration", _op.Seen.First().Uri.OriginalString);
    }

    [Fact]
    [Trait("Spec", "S-19")]
    public async Task Several_clients_are_told_apart_by_name()
    {
        using var other = new FakeOp();
        other.Metadata["issuer"] = "https://other.example";
        await using var provider = new ServiceCollection()
            .AddKeyedCibaClient("bank", FakeOp.Issuer, _ => Settings, _ => _op)
            .AddKeyedCibaClient("shop", "https://other.example/", _ => Settings, _ => other)
            .BuildServiceProvider();

        _ = await provider.GetRequiredKeyedService<CibaClient>("shop").StartAsync(Stage.Johndoe);

        Assert.Equal((0, 1), (_op.Count("/oidc/bc-authorize"), other.Count("/oidc/bc-authorize")));
        Assert.NotSame(provider.GetRequiredKeyedService<CibaClient>("bank"), provider.GetRequiredKeyedService<CibaClient>("shop"));
        Assert.Null(provider.GetService<CibaClient>());
    }

    [Fact]
    public async Task Settings_may_come_from_other_services()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton<ClientAuthentication>(new ClientSecretBasic(TestKeys.Secret))
            .AddCibaClient(FakeOp.Issuer, services => new() { ClientId = TestToken.ClientId, Authentication = services.GetRequiredService<ClientAuthentication>() }, _ => _op)
            .BuildServiceProvider();

        _ = await provider.GetRequiredService<CibaClient>().StartAsync(Stage.Johndoe);

        Assert.Contains("Basic ", _op.Last.Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("op.example")]
    [InlineData("http://op.example")]
    [InlineData("https://user@op.example")]
    [Trait("Spec", "S-50")]
    public void An_authority_that_is_no_https_address_is_refused_when_it_is_added(string authority)
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddCibaClient(authority, Settings));
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKeyedCibaClient("bank", authority, Settings));
        Assert.Throws<ArgumentException>(() => CibaClient.Create(authority, Settings));
    }

    [Fact]
    public void A_client_among_several_needs_a_name() => Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKeyedCibaClient("", FakeOp.Issuer, Settings));

    [Fact]
    public async Task A_handler_that_was_given_outlives_the_services()
    {
        using var handler = new Noticing();
        var provider = new ServiceCollection().AddCibaClient(FakeOp.Issuer, _ => Settings, _ => handler).BuildServiceProvider();
        _ = provider.GetRequiredService<CibaClient>();

        await provider.DisposeAsync();

        Assert.False(handler.IsDisposed);
    }

    [Fact]
    public void One_that_was_made_for_the_client_ends_with_it()
    {
        using var handler = new Noticing();

        new OwnedClient(CibaClient.Create(FakeOp.Issuer, Settings), handler).Dispose();

        Assert.True(handler.IsDisposed);
    }

    public void Dispose() => _op.Dispose();

    private sealed class Noticing : HttpMessageHandler
    {
        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
