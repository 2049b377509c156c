using System.Text.Json;
using AngleSharp.Html.Parser;

namespace SsoCibaMethod.Simulator.Tests;

public sealed class AuthorizationDetailsTests : IDisposable
{
    private const string Payment =
        """[{"type":"payment_initiation","instructedAmount":{"currency":"EUR","amount":"25.00"},"creditorName":"The <Shop>","creditorAccount":{"iban":"FI2112345600000785"}}]""";

    private readonly SimulatorHost _op = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    [Trait("Spec", "T-65")]
    public async Task The_phone_says_what_is_to_be_paid_to_whom()
    {
        await _op.AskedAsync(
            ("authorization_details", Payment), ("resource", "https://bank.example/payments"), ("request_context", """{"device_type":"till"}"""));

        var page = await new HtmlParser().ParseDocumentAsync(await _op.Http.GetStringAsync("/op/phone?user=alice"));

        Assert.Equal("Pay 25.00 EUR to The <Shop>?", page.QuerySelector("article h2")!.TextContent.Trim());
        var facts = page.QuerySelectorAll(".facts div").Select(fact => fact.TextContent).ToArray();
        Assert.Contains("AccountFI2112345600000785", facts);
        Assert.Contains("To be used athttps://bank.example/payments", facts);
        Assert.Contains("Device typetill", facts);
    }

    [Fact]
    [Trait("Spec", "T-65")]
    public async Task What_was_approved_is_granted_and_returned()
    {
        _op.Simulator.ApproveNextFor("alice");

        var answer = await _op.PollAsync(await _op.AskedAsync(("authorization_details", Payment)));

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Payment).RootElement, answer.Body.GetProperty("authorization_details")));
        Assert.False((await RedeemPlainAsync()).Has("authorization_details"));
    }

    [Theory]
    [Trait("Spec", "C-112")]
    [InlineData("authorization_details", "payment", "invalid_authorization_details")]
    [InlineData("authorization_details", "{}", "invalid_authorization_details")]
    [InlineData("authorization_details", "[]", "invalid_authorization_details")]
    [InlineData("authorization_details", "[{}]", "invalid_authorization_details")]
    [InlineData("authorization_details", """[{"type":"flying"}]""", "invalid_authorization_details")]
    [InlineData("authorization_details", """[{"type":"payment_initiation","creditorName":"Shop"}]""", "invalid_authorization_details")]
    [InlineData("authorization_details", """[{"type":"payment_initiation","instructedAmount":{"currency":"EUR","amount":"1"}}]""", "invalid_authorization_details")]
    [InlineData("resource", "payments", "invalid_target")]
    [InlineData("resource", "/payments", "invalid_target")]
    [InlineData("resource", "https://bank.example/#a", "invalid_target")]
    [InlineData("request_context", "[]", "invalid_request")]
    [InlineData("request_context", """{"a":1,"a":2}""", "invalid_request")]
    public async Task What_nobody_could_decide_about_is_refused(string parameter, string value, string error) =>
        Assert.Equal(error, (await _op.AskAsync((parameter, value))).Error);

    [Fact]
    [Trait("Spec", "T-65")]
    public async Task A_host_can_have_types_of_its_own()
    {
        _op.Simulator.Options.AuthorizationDetailsTypes = ["door"];
        await _op.AskedAsync(("authorization_details", """[{"type":"door","actions":["open","close"]}]"""));

        var page = await _op.Http.GetStringAsync("/op/phone?user=alice");

        Assert.Contains("open, close", page, StringComparison.Ordinal);
        Assert.Equal("invalid_authorization_details", (await _op.AskAsync(("authorization_details", Payment))).Error);
    }

    [Fact]
    [Trait("Spec", "T-66")]
    public async Task Only_the_resource_may_be_repeated()
    {
        using var content = new FormUrlEncodedContent(
            [new("scope", "openid"), new("login_hint", "alice"), new("resource", "https://a.example"), new("resource", "https://b.example")]);

        Assert.Null((await _op.SendAsync("bc-authorize", content)).Error);
        Assert.Equal(["https://a.example", "https://b.example"], _op.Simulator.Requests[0].Resources);
    }

    private async Task<WireAnswer> RedeemPlainAsync()
    {
        _op.Simulator.ApproveNextFor("alice");
        return await _op.PollAsync(await _op.AskedAsync());
    }
}
