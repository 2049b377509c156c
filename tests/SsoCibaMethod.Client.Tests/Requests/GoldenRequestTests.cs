using System.Text.RegularExpressions;

namespace SsoCibaMethod.Client.Tests;

/// <summary>The two sample requests of Ubisecure's developer guide, byte for byte (U-2).</summary>
[Trait("Spec", "U-2")]
public sealed partial class GoldenRequestTests : IDisposable
{
    private const string BackchannelRequest =
        "binding_message=1234%20is%20your%20Event%20ID&client_assertion=eyJ..&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
        + "&client_id=ubisecure-sso&login_hint=johndoe&scope=openid";

    private const string TokenRequest =
        "auth_req_id=465382f0-2375-452c-807e-f326d329ecfe&client_assertion=eyJ...&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
        + "&client_id=ubisecure-sso&grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba";

    private readonly Stage _stage = new() { Authentication = Authentications.PrivateKey() };

    [Fact]
    public async Task The_backchannel_authentication_request_is_the_sample()
    {
        await _stage.Client.StartAsync(new BackchannelAuthenticationRequest { LoginHint = "johndoe", BindingMessage = "1234 is your Event ID" });

        AssertIs("/oidc/bc-authorize", BackchannelRequest, "eyJ..");
    }

    [Fact]
    public async Task The_token_request_is_the_sample()
    {
        await _stage.Client.PollAsync("465382f0-2375-452c-807e-f326d329ecfe");

        AssertIs("/oidc/token", TokenRequest, "eyJ...");
    }

    public void Dispose() => _stage.Dispose();

    private void AssertIs(string path, string body, string placeholder)
    {
        var request = _stage.Op.Last;
        Assert.Equal((HttpMethod.Post, path), (request.Method, request.Uri.AbsolutePath));
        Assert.Equal("application/x-www-form-urlencoded", request.ContentType);
        Assert.Equal("Accept: application/json", request.Headers.Trim());
        Assert.Equal(body, Assertion().Replace(request.Body, placeholder));
    }

    [GeneratedRegex("eyJ[A-Za-z0-9_.-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assertion();
}
