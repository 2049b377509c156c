using System.Net;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class AcknowledgementTests : IDisposable
{
    private readonly SimulatorHost _op = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "C-50")]
    [Trait("Spec", "C-51")]
    public async Task A_good_request_is_acknowledged()
    {
        var answer = await _op.AskAsync();

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Matches("^[A-Za-z0-9._-]{22,}$", answer.Text("auth_req_id"));
        Assert.Equal(120, answer.Number("expires_in"));
        Assert.Equal(5, answer.Number("interval"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    [Trait("Spec", "C-53")]
    public async Task The_interval_may_be_left_out()
    {
        _op.Simulator.Options.Interval = null;

        Assert.False((await _op.AskAsync()).Has("interval"));
        Assert.Equal(TimeSpan.FromSeconds(5), _op.Simulator.Requests[0].Interval);
    }

    [Theory]
    [Trait("Spec", "C-18")]
    [InlineData("30", 30)]
    [InlineData("9000", 120)]
    public async Task A_shorter_expiry_is_granted_and_a_longer_one_ignored(string wanted, int granted) =>
        Assert.Equal(granted, (await _op.AskAsync(("requested_expiry", wanted))).Number("expires_in"));

    [Theory]
    [Trait("Spec", "C-111")]
    [InlineData("scope", null, "invalid_request")]
    [InlineData("scope", "profile", "invalid_scope")]
    [InlineData("login_hint", null, "invalid_request")]
    [InlineData("login_hint", "", "invalid_request")]
    [InlineData("login_hint", "nobody", "unknown_user_id")]
    [InlineData("id_token_hint", "e30.e30.", "invalid_request")]
    [InlineData("requested_expiry", "0", "invalid_request")]
    [InlineData("requested_expiry", "-5", "invalid_request")]
    [InlineData("requested_expiry", "1.5", "invalid_request")]
    [InlineData("binding_message", "two\nlines", "invalid_binding_message")]
    [InlineData("client_secret", "another way", "invalid_request")]
    public async Task What_is_wrong_with_a_request_is_named(string parameter, string? value, string error)
    {
        using var content = Form(("scope", "openid"), ("login_hint", "alice"), (parameter, value));

        var answer = await _op.SendAsync("bc-authorize", content);

        Assert.Equal(error, answer.Error);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Matches(@"^[\x20-\x21\x23-\x5B\x5D-\x7E]+$", answer.Text("error_description"));
        Assert.Empty(_op.Simulator.Requests);
    }

    [Fact]
    [Trait("Spec", "C-19")]
    public async Task Unknown_parameters_are_ignored() =>
        Assert.Equal(HttpStatusCode.OK, (await _op.AskAsync(("colour", "green"))).Status);

    [Fact]
    [Trait("Spec", "C-10")]
    public async Task Only_a_form_is_read()
    {
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var multipart = new MultipartFormDataContent { { new StringContent("openid"), "scope" } };

        Assert.Equal("invalid_request", (await _op.SendAsync("bc-authorize", json)).Error);
        Assert.Equal("invalid_request", (await _op.SendAsync("token", multipart)).Error);
    }

    [Fact]
    [Trait("Spec", "C-110")]
    public async Task A_parameter_comes_once()
    {
        using var content = new FormUrlEncodedContent([new("scope", "openid"), new("login_hint", "alice"), new("login_hint", "alice")]);

        Assert.Equal("invalid_request", (await _op.SendAsync("bc-authorize", content)).Error);
    }

    [Fact]
    [Trait("Spec", "C-111")]
    public async Task A_locked_account_is_forbidden()
    {
        var answer = await _op.AskAsync(("login_hint", "eve"));

        Assert.Equal("access_denied", answer.Error);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    [Theory]
    [Trait("Spec", "C-17")]
    [InlineData(null, "missing_user_code")]
    [InlineData("4321", "invalid_user_code")]
    [InlineData("1234", null)]
    public async Task A_user_code_is_asked_for_where_there_is_one(string? code, string? error) =>
        Assert.Equal(error, (await _op.AskAsync(("login_hint", "bob"), ("user_code", code))).Error);

    [Fact]
    [Trait("Spec", "C-17")]
    public async Task Without_support_for_user_codes_none_is_asked_for()
    {
        _op.Simulator.Options.UserCodeSupported = false;

        Assert.Equal(HttpStatusCode.OK, (await _op.AskAsync(("login_hint", "bob"))).Status);
    }

    [Theory]
    [Trait("Spec", "C-16")]
    [InlineData("W4SCT", null)]
    [InlineData("code: W4SCT", "invalid_binding_message")]
    [InlineData("W4SCTW4SCTW", "invalid_binding_message")]
    public async Task Binding_messages_can_be_limited(string message, string? error)
    {
        _op.Simulator.Options.BindingMessagePattern = "[^ ]+";
        _op.Simulator.Options.BindingMessageMaxLength = 10;

        Assert.Equal(error, (await _op.AskAsync(("binding_message", message))).Error);
    }

    private static FormUrlEncodedContent Form(params (string Name, string? Value)[] parameters) =>
        new(parameters.GroupBy(parameter => parameter.Name).Select(group => group.Last())
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value!)));
}
