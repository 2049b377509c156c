using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Methods;

/// <summary>The method's own key set, and how keys are changed without a restart.</summary>
[Trait("Spec", "S-54")]
public sealed class PublishedKeyTests : IDisposable
{
    private const string Address = "/signin-ciba/jwks";

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"];

    private readonly KeyFiles _files = new();
    private readonly ScriptedOp _op = new();

    public void Dispose()
    {
        _files.Dispose();
        _op.Dispose();
    }

    [Fact]
    public async Task Every_public_key_is_there_once_and_no_private_member()
    {
        await using var host = await StartAsync(options =>
        {
            options.RequestSigning.Key = _files.WriteRsaKey("requests.pem");
            options.RequestSigning.KeyId = "requests";
            options.RequestSigning.Algorithm = "PS256";
            options.ClientAuthentication.FurtherKeys["2025"] = _files.WriteKey("old.pem");
            options.ClientAuthentication.FurtherKeys["2027"] = _files.WriteRsaKey("next.pem");
            options.IdTokenDecryption.Key = _files.WriteRsaKey("decryption.pem");
        });
        using var browser = host.CreateBrowser();

        var answer = await browser.SendAsync(HttpMethod.Get, Address);

        var keys = Keys(answer);
        Assert.Equal(["2026", "requests", "2025", "2027"], keys.Take(4).Select(key => (string?)key["kid"]));
        Assert.Equal(["sig", "sig", "sig", "sig", "enc"], keys.Select(key => (string?)key["use"]));
        Assert.Equal(["ES256", "PS256", "ES256", "PS256", null], keys.Select(key => (string?)key["alg"]));
        Assert.All(keys, key => Assert.DoesNotContain(key, member => PrivateMembers.Contains(member.Key)));
        Assert.Contains("application/json", answer.Headers, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", answer.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_may_be_kept_for_a_while_and_is_only_read()
    {
        await using var host = await StartAsync();
        using var http = new HttpMessageInvoker(host.CreateHandler());
        using var first = await SendAsync(http, HttpMethod.Get);
        Assert.Equal(TimeSpan.FromMinutes(5), first.Headers.CacheControl!.MaxAge);
        Assert.True(first.Headers.CacheControl.Public);

        using var again = await SendAsync(http, HttpMethod.Get, first.Headers.ETag!.ToString());
        using var head = await SendAsync(http, HttpMethod.Head);
        using var post = await SendAsync(http, HttpMethod.Post);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal((HttpStatusCode.OK, ""), (head.StatusCode, await head.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal(["GET", "HEAD"], post.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_key_replaced_under_its_name_is_in_use_within_seconds()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        var before = (string?)Keys(await browser.SendAsync(HttpMethod.Get, Address))[0]["x"];
        var waiting = await host.BeginAsync(browser);

        _files.WriteKey("key.pem");
        host.Clock.Advance(TimeSpan.FromSeconds(3));

        var after = (string?)Keys(await browser.SendAsync(HttpMethod.Get, Address))[0]["x"];
        Assert.NotEqual(before, after);
        Assert.Single(host.Log.Lines, line => line.Id.Name == "MethodRead");

        // A login under way goes on as it began.
        _op.OnPoll = poll => ScriptedOp.Json(_op.Tokens(poll["auth_req_id"]!));
        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_named_once_and_the_last_good_one_stays()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        var before = (await browser.SendAsync(HttpMethod.Get, Address)).Body;

        _files.Write("key.pem", "-----BEGIN PRIVATE KEY-----");
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(before, (await browser.SendAsync(HttpMethod.Get, Address)).Body);
        Assert.Single(host.Log.Lines, line => line.Id.Name == "MethodFault" && line.Text.Contains("ClientAuthentication:Key: ", StringComparison.Ordinal));
        Assert.Equal("Check your phone", (await host.BeginAsync(browser)).Title);

        _files.WriteKey("key.pem");
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.NotEqual(before, (await browser.SendAsync(HttpMethod.Get, Address)).Body);
    }

    [Fact]
    [Trait("Spec", "T-41")]
    public void A_self_signed_certificate_is_published_whole()
    {
        var file = _files.WriteCertificate("client.pem");
        using var settings = MethodSettings.Bank(("ClientAuthentication:Method", "self_signed_tls_client_auth"), ("ClientAuthentication:Certificate", file));
        Assert.Empty(settings.Method().Faults);

        var before = JsonNode.Parse(settings.Method().Keys!.Write())!["keys"]![0]!;

        Assert.Single(before["x5c"]!.AsArray());
        Assert.Equal("sig", (string?)before["use"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Spec", "C-34")]
    public async Task A_signature_names_its_key_as_the_set_does_where_that_holds_several(bool isOnlyKey)
    {
        _op.Metadata["backchannel_authentication_request_signing_alg_values_supported"] = new JsonArray("ES256");
        await using var host = await StartAsync(options =>
        {
            options.ClientAuthentication.KeyId = null;
            options.RequestSigning.Algorithm = "ES256";
            options.RequestSigning.Key = isOnlyKey ? null : _files.WriteKey("requests.pem");
        });
        using var browser = host.CreateBrowser();

        await host.BeginAsync(browser);

        var named = Keys(await browser.SendAsync(HttpMethod.Get, Address)).Select(key => (string?)key["kid"]);
        var signatures = new[] { "client_assertion", "request" }.Select(parameter => new JsonWebToken(_op.Starts[0][parameter]).Kid);
        Assert.Equal(isOnlyKey ? ["", ""] : named, signatures);
    }

    [Fact]
    [Trait("Spec", "C-34")]
    public async Task A_key_without_an_id_beside_further_ones_is_named_by_its_thumbprint()
    {
        await using var host = await StartAsync(options =>
        {
            options.ClientAuthentication.KeyId = null;
            options.ClientAuthentication.FurtherKeys["2027"] = _files.WriteKey("next.pem");
        });
        using var browser = host.CreateBrowser();

        await host.BeginAsync(browser);

        var named = Keys(await browser.SendAsync(HttpMethod.Get, Address)).Select(key => (string?)key["kid"]).ToList();
        Assert.Equal([new JsonWebToken(_op.Starts[0]["client_assertion"]).Kid, "2027"], named);
        Assert.Equal(43, named[0]!.Length);
    }

    [Fact]
    public void Two_keys_with_one_id_are_a_fault()
    {
        using var settings = MethodSettings.Bank(
            ("ClientAuthentication:Key", _files.WriteKey("key.pem")), ("ClientAuthentication:KeyId", "a"), ("ClientAuthentication:FurtherKeys:a", _files.WriteKey("other.pem")));

        Assert.Contains(settings.Method().Faults, fault => fault.Contains("Give each key an id of its own.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_method_that_is_switched_off_still_shows_its_keys_and_one_with_a_secret_has_none()
    {
        await using var off = await StartAsync(options => options.Enabled = false);
        using var browser = off.CreateBrowser();
        Assert.Single(Keys(await browser.SendAsync(HttpMethod.Get, Address)));

        await using var secret = await CibaTestHost.StartAsync();
        using var other = secret.CreateBrowser();
        Assert.Empty(Keys(await other.SendAsync(HttpMethod.Get, Address)));
    }

    private static List<JsonObject> Keys(TestPage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. JsonNode.Parse(answer.Body)!["keys"]!.AsArray().Select(key => key!.AsObject())];
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, HttpMethod method, string? seen = null)
    {
        using var request = new HttpRequestMessage(method, "https://app.example" + Address);
        if (seen is not null)
        {
            request.Headers.Add("If-None-Match", seen);
        }

        return await http.SendAsync(request, CancellationToken.None);
    }

    private async Task<CibaTestHost> StartAsync(Action<CibaOptions>? configure = null)
    {
        var key = _files.WriteKey("key.pem");
        var host = await CibaTestHost.StartAsync(options =>
        {
            options.Authority = ScriptedOp.Issuer;
            options.BackchannelHttpHandler = _op;
            options.IdTokenSigningAlgorithms = ["ES256"];
            options.ClientSecret = null;
            options.ClientAuthentication.Key = key;
            options.ClientAuthentication.KeyId = "2026";
            configure?.Invoke(options);
        });
        _op.Clock = host.Clock;
        return host;
    }
}
