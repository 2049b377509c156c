using System.Net;
using System.Text;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class ClientAuthenticationTests : IDisposable
{
    private readonly SimulatorHost _op = new(options =>
    {
        options.Clients.Add(new("post") { Secret = "s3cret", AuthenticationMethod = "client_secret_post" });
        options.Clients.Add(new("odd:id/å") { Secret = "p%ss w+rd:ö" });
    });

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "C-111")]
    public async Task A_wrong_secret_is_answered_with_a_challenge()
    {
        var answer = await BasicAsync("shop:wrong");

        Assert.Equal("invalid_client", answer.Error);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("Basic", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    [Theory]
    [Trait("Spec", "T-29")]
    [InlineData("odd%3Aid%2F%C3%A5:p%25ss+w%2Brd%3A%C3%B6", null)]
    [InlineData("odd%3Aid%2F%C3%A5:p%25ss%20w%2Brd%3A%C3%B6", null)]
    [InlineData("odd:id/å:p%ss w+rd:ö", "invalid_client")]
    public async Task Id_and_secret_are_form_url_encoded_in_the_header(string pair, string? error) =>
        Assert.Equal(error, (await BasicAsync(pair)).Error);

    [Theory]
    [Trait("Spec", "C-10")]
    [InlineData("Bearer abc")]
    [InlineData("Basic %%%")]
    [InlineData("Basic c2hvcA==")]
    [InlineData(null)]
    public async Task Without_readable_credentials_there_is_no_client(string? authorization)
    {
        using var content = Request();

        var answer = await _op.SendAsync("bc-authorize", content, authorization);

        Assert.Equal("invalid_client", answer.Error);
        Assert.Equal(authorization is not null, answer.Headers.WwwAuthenticate.Count > 0);
    }

    [Theory]
    [Trait("Spec", "C-4")]
    [InlineData("post", "s3cret", null)]
    [InlineData("post", "wrong", "invalid_client")]
    [InlineData("shop", "s3cret", "invalid_client")]
    [InlineData("nobody", "s3cret", "invalid_client")]
    public async Task Only_the_registered_method_is_accepted(string id, string secret, string? error) =>
        Assert.Equal(error, (await _op.AskAsync(("client_id", id), ("client_secret", secret))).Error);

    [Fact]
    [Trait("Spec", "T-26")]
    public async Task A_client_id_beside_the_credentials_must_agree()
    {
        using var other = Request(("client_id", "post"));
        using var same = Request(("client_id", "shop"));

        Assert.Equal("invalid_client", (await _op.SendAsync("bc-authorize", other)).Error);
        Assert.Null((await _op.SendAsync("bc-authorize", same)).Error);
    }

    private static FormUrlEncodedContent Request(params (string Name, string Value)[] parameters) =>
        new(new[] { ("scope", "openid"), ("login_hint", "alice") }.Concat(parameters).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));

    private async Task<WireAnswer> BasicAsync(string pair)
    {
        using var content = Request();
        return await _op.SendAsync("bc-authorize", content, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }
}
