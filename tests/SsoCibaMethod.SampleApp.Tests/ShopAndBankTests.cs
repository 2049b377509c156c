using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SsoCibaMethod.Client;
using SsoCibaMethod.Simulator;

namespace SsoCibaMethod.SampleApp.Tests;

/// <summary>A shop asks a customer's consent for a payment and then has the bank pay: the whole story, and what the bank refuses.</summary>
public sealed class ShopAndBankTests : IClassFixture<SampleApp>
{
    private const string Bank = SampleApp.Address + "/bank/payments";

    private static readonly DPoPKey Key = DPoPKey.Create();

    private readonly SampleApp _app;

    public ShopAndBankTests(SampleApp app) => _app = app;

    [Fact]
    [Trait("Spec", "T-65")]
    public async Task The_customer_approves_on_the_phone_and_the_bank_pays()
    {
        using var browser = _app.CreateClient();
        var purchase = await BuyAsync(browser, "alice@example.com");

        var asked = await _app.Op.WaitForRequestAsync("alice@example.com");
        var phone = await browser.GetStringAsync("/op/phone?user=alice");
        _app.Op.Approve(asked.AuthReqId);
        var end = await EndOfAsync(browser, purchase);

        Assert.Equal(purchase.GetProperty("code").GetString(), asked.BindingMessage);
        Assert.Contains("25.00 EUR", phone, StringComparison.Ordinal);
        Assert.Contains(asked.BindingMessage!, phone, StringComparison.Ordinal);
        Assert.Equal("Paid", end);
    }

    [Theory]
    [InlineData(CibaSimulatorDecision.Decline, "Declined")]
    [InlineData(CibaSimulatorDecision.Expire, "Expired")]
    public async Task Without_consent_nothing_is_paid(CibaSimulatorDecision decision, string state)
    {
        using var browser = _app.CreateClient();
        _app.Op.DecideNextFor("alice", decision);

        Assert.Equal(state, await EndOfAsync(browser, await BuyAsync(browser, "alice")));
    }

    [Fact]
    public async Task A_customer_nobody_knows_buys_nothing()
    {
        using var browser = _app.CreateClient();

        Assert.Equal("Failed", await EndOfAsync(browser, await BuyAsync(browser, "nobody")));
    }

    [Fact]
    public async Task The_bank_pays_what_was_approved_and_once()
    {
        var tokens = await ConsentAsync("12.00", Bank);

        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync(tokens, "12.01"));
        Assert.Equal(HttpStatusCode.Created, await PayAsync(tokens, "12.00"));
        Assert.Equal(HttpStatusCode.Conflict, await PayAsync(tokens, "12.00"));
    }

    [Fact]
    [Trait("Spec", "T-66")]
    public async Task The_bank_takes_no_token_made_for_others()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(await ConsentAsync("12.00", "https://other.example/payments"), "12.00"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(await ConsentAsync("12.00"), "12.00"));
    }

    [Fact]
    [Trait("Spec", "T-60")]
    public async Task The_bank_takes_a_token_only_from_the_holder_of_its_key()
    {
        var tokens = await ConsentAsync("12.00", Bank);
        var once = Key.CreateProof(HttpMethod.Post, new Uri(Bank), tokens.AccessToken);

        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(tokens, "12.00", proof: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(tokens, "12.00", DPoPKey.Create().CreateProof(HttpMethod.Post, new Uri(Bank), tokens.AccessToken)));
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(tokens, "12.00", Key.CreateProof(HttpMethod.Get, new Uri(Bank), tokens.AccessToken)));
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(tokens, "12.00", Key.CreateProof(HttpMethod.Post, new Uri(Bank), tokens.IdToken)));
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(tokens, "12.00", Key.CreateProof(HttpMethod.Post, new Uri(Bank + "/1"), tokens.AccessToken)));
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(tokens, "12.00", "not a proof"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(tokens, "12.00", once, scheme: "Bearer"));
        Assert.Equal(HttpStatusCode.Created, await PayAsync(tokens, "12.00", once));
        Assert.Equal(HttpStatusCode.Unauthorized, await PayAsync(tokens, "12.00", once));
    }

    private static async Task<JsonElement> BuyAsync(HttpClient browser, string customer)
    {
        using var answer = await browser.PostAsJsonAsync("/shop/purchases", new { customer, amount = "25.00" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string?> EndOfAsync(HttpClient browser, JsonElement purchase)
    {
        var seen = await browser.GetFromJsonAsync<JsonElement>($"/shop/purchases/{purchase.GetProperty("id").GetString()}");
        return seen.GetProperty("state").GetString();
    }

    /// <summary>Asks alice as a shop of its own would, with a client of a few lines.</summary>
    private async Task<TokenSet> ConsentAsync(string amount, params string[] resources)
    {
        using var http = _app.CreateInvoker();
        var settings = new CibaClientSettings { ClientId = "shop", Authentication = new ClientSecretBasic("for-the-simulator-only"), DPoP = Key };
        var metadata = new ProviderMetadataSettings
        {
            MetadataAddress = new Uri(SampleApp.Address + "/op/.well-known/openid-configuration"),
            ExpectedIssuer = SampleApp.Address + "/op",
            Client = settings,
        };
        var client = new CibaClient(settings, new ProviderMetadataSource(metadata, http), http);
        _app.Op.ApproveNextFor("alice");

        var result = await client.AuthenticateAsync(new BackchannelAuthenticationRequest
        {
            LoginHint = "alice",
            Resources = resources,
            AuthorizationDetails = [JsonSerializer.SerializeToNode(new
            {
                type = "payment_initiation",
                instructedAmount = new { amount, currency = "EUR" },
                creditorName = "The Shop",
            })],
        });
        return Assert.IsType<CibaAuthenticationResult.Approved>(result).Tokens;
    }

    private Task<HttpStatusCode> PayAsync(TokenSet tokens, string amount) =>
        PayAsync(tokens, amount, Key.CreateProof(HttpMethod.Post, new Uri(Bank), tokens.AccessToken));

    private async Task<HttpStatusCode> PayAsync(TokenSet tokens, string amount, string? proof, string scheme = "DPoP")
    {
        using var http = _app.CreateInvoker();
        using var request = new HttpRequestMessage(HttpMethod.Post, Bank)
        {
            Content = JsonContent.Create(new { amount, currency = "EUR", creditorName = "The Shop" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, tokens.AccessToken);
        request.Headers.TryAddWithoutValidation("DPoP", proof);
        using var answer = await http.SendAsync(request, CancellationToken.None);
        return answer.StatusCode;
    }
}
