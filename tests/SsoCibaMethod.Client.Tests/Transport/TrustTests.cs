using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Whose certificates are trusted: the machine's authorities, or those of a file and no others; never everybody's (S-50, U-91).</summary>
[Trait("Spec", "S-50")]
public sealed class TrustTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ciba-trust-").FullName;
    private readonly TestCertificates _authority = new();

    [Fact]
    public async Task An_OP_whose_authority_is_in_the_file_is_reached()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());

        Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await AskAsync(op, Trusting(_authority.Root)));
    }

    [Fact]
    public async Task Without_the_file_it_is_not_and_the_cure_is_named()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());

        Assert.Contains("BackchannelTrust", await RefusalAsync(op, new BackchannelTransportSettings()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_another_authority_does_not_do()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());

        Assert.Contains("no trusted authority", await RefusalAsync(op, Trusting(new TestCertificates("other").Root)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_of_the_same_name_and_another_key_does_not_do()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());

        Assert.StartsWith("TLS failed", Cause(await RefusalAsync(op, Trusting(new TestCertificates().Root))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_host_does_not_do_though_its_authority_is_trusted()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer("other.example"));

        Assert.Contains("another host name", await RefusalAsync(op, Trusting(_authority.Root)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-3, -1)]
    [InlineData(1, 2)]
    public async Task A_certificate_out_of_its_time_does_not_do(int fromDays, int toDays)
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer(fromDays: fromDays, toDays: toDays));

        Assert.Contains("not valid now", await RefusalAsync(op, Trusting(_authority.Root)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_s_certificate_does_not_do_for_a_server()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer(usage: TestCertificates.ClientUsage));

        Assert.Contains("not one for servers", await RefusalAsync(op, Trusting(_authority.Root)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_below_an_intermediate_does_if_the_OP_or_the_file_brings_that()
    {
        var below = _authority.Below(out var intermediate);
        await using var sending = await TlsOp.StartAsync(below.ForServer(), intermediate);
        await using var silent = await TlsOp.StartAsync(below.ForServer());

        Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await AskAsync(sending, Trusting(_authority.Root)));
        Assert.Contains("no trusted authority", await RefusalAsync(silent, Trusting(_authority.Root)), StringComparison.Ordinal);
        Assert.IsType<BackchannelAuthenticationResponse.Acknowledged>(await AskAsync(silent, Trusting(_authority.Root, intermediate)));
    }

    [Fact]
    public async Task Where_revocation_is_asked_for_an_answer_that_cannot_be_had_is_a_no()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());

        var refusal = await RefusalAsync(op, new BackchannelTransportSettings { TrustFile = Write(_authority.Root), RevocationMode = X509RevocationMode.Offline });

        Assert.Contains("BackchannelRevocation", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_file_is_in_use_within_a_second_and_a_bad_one_is_reported_and_changes_nothing()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        var time = new SsoCibaMethod.Testing.ManualTimeProvider(TestToken.Now);
        var faults = new List<string>();
        var settings = new BackchannelTransportSettings { TrustFile = Write(new TestCertificates("other").Root), Time = time, OnFault = faults.Add };
        using var invoker = new HttpMessageInvoker(BackchannelTransport.CreateHandler(settings));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(invoker, op));

        TestFiles.Renew(settings.TrustFile, TestCertificates.Pem(_authority.Root));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, await GetAsync(invoker, op));

        TestFiles.Renew(settings.TrustFile, "garbage");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, await GetAsync(invoker, op));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, await GetAsync(invoker, op));
        Assert.Contains($"{settings.TrustFile}: The file holds no root certificate", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    public void A_file_without_a_root_is_refused_at_once(string content)
    {
        var path = Path.Combine(_folder, "bad.pem");
        File.WriteAllText(path, content);

        Assert.Throws<CryptographicException>(() => BackchannelTransport.CreateHandler(new BackchannelTransportSettings { TrustFile = path }));
        Assert.ThrowsAny<IOException>(() => BackchannelTransport.CreateHandler(new BackchannelTransportSettings { TrustFile = path + "x" }));
    }

    [Fact]
    public void A_file_of_certificates_that_are_no_roots_is_refused_at_once()
    {
        _ = _authority.Below(out var intermediate);

        Assert.Throws<CryptographicException>(() => BackchannelTransport.CreateHandler(Trusting(intermediate)));
    }

    [Fact]
    [Trait("Spec", "S-51")]
    public void The_defaults_follow_no_redirect_and_keep_no_cookie()
    {
        using var handler = Assert.IsType<SocketsHttpHandler>(BackchannelTransport.CreateHandler());

        Assert.Equal((false, false, TimeSpan.FromMinutes(5)), (handler.AllowAutoRedirect, handler.UseCookies, handler.PooledConnectionLifetime));
        Assert.Null(handler.SslOptions.RemoteCertificateValidationCallback);
    }

    [Fact]
    public async Task A_handler_given_back_sends_no_more()
    {
        await using var op = await TlsOp.StartAsync(_authority.ForServer());
        using var invoker = new HttpMessageInvoker(BackchannelTransport.CreateHandler(Trusting(_authority.Root)), disposeHandler: true);
        Assert.Equal(200, await GetAsync(invoker, op));

        invoker.Dispose();

        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => GetAsync(invoker, op));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<int> GetAsync(HttpMessageInvoker invoker, TlsOp op)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, op.Open);
        using var response = await invoker.SendAsync(request, default);
        return (int)response.StatusCode;
    }

    private static Task<BackchannelAuthenticationResponse> AskAsync(TlsOp op, BackchannelTransportSettings transport) =>
        op.Client(new ClientSecretPost(TestKeys.Secret), transport).StartAsync(Stage.Johndoe);

    private static async Task<string> RefusalAsync(TlsOp op, BackchannelTransportSettings transport)
    {
        var cause = Assert.IsType<BackchannelAuthenticationResponse.Unavailable>(await AskAsync(op, transport)).Cause;
        Assert.Empty(op.Visits);
        return cause;
    }

    private static string Cause(string text) => text[(text.IndexOf("configuration: ", StringComparison.Ordinal) + "configuration: ".Length)..];

    private BackchannelTransportSettings Trusting(params X509Certificate2[] certificates) => new() { TrustFile = Write(certificates) };

    private string Write(params X509Certificate2[] certificates)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():n}.pem");
        File.WriteAllText(path, string.Concat(certificates.Select(TestCertificates.Pem)));
        return path;
    }
}
