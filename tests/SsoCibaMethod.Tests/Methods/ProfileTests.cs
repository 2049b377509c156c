using System.Text.Json.Nodes;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Methods;

/// <summary>What is known of an OP by its name is filled in, and whatever is set wins.</summary>
public class ProfileTests
{
    public static TheoryData<string> Names => ["auth0", "cidaas", "curity", "duende", "keycloak", "pingfederate", "pingone", "ubisecure"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_name_is_known_and_explained(string name)
    {
        using var settings = MethodSettings.Bank(("Profile", name));

        Assert.Empty(settings.Method().Faults);
        Assert.Contains($"`{name}`", Repository.Read("config", "README.md"), StringComparison.Ordinal);
        Assert.Contains($"\"{name}\"", Repository.Read("config", "ciba.schema.json"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "I-1")]
    public void Keycloak_gets_the_code_alone_and_nobody_is_asked_for_a_user_code()
    {
        using var settings = MethodSettings.Bank(("Profile", "keycloak"));

        var options = settings.Method().Options;
        Assert.True(options.BindingMessage.CodeOnly);
        Assert.False(options.UserCode);
        Assert.Equal("USER_NOT_FOUND", options.ErrorTexts["invalid_request"]);
    }

    [Fact]
    public void Whatever_is_set_wins_over_the_profile()
    {
        using var settings = MethodSettings.Bank(
            ("Profile", "keycloak"), ("BindingMessage:CodeOnly", "false"), ("UserCode", "true"), ("ErrorTexts:invalid_request", "LOGIN_FAILED"));

        var options = settings.Method().Options;
        Assert.False(options.BindingMessage.CodeOnly);
        Assert.True(options.UserCode);
        Assert.Equal("LOGIN_FAILED", options.ErrorTexts["invalid_request"]);
    }

    [Fact]
    [Trait("Spec", "I-4")]
    public async Task Auth0_gets_the_hint_as_an_object_with_its_own_issuer()
    {
        using var op = new ScriptedOp();
        await using var host = await StartAsync(op, options => options.Profile = "auth0");
        using var browser = host.CreateBrowser();

        _ = await host.BeginAsync(browser, "auth0|\"alice\"");

        var hint = JsonNode.Parse(Assert.Single(op.Starts)["login_hint"]!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"format":"iss_sub","iss":"https://op.example","sub":"auth0|\"alice\""}"""), hint));
    }

    [Theory]
    [InlineData("invalid_request", "USER_NOT_FOUND", "We could not find this user.")]
    [InlineData("invalid_request", "LOGIN_CANCEL", "The request was declined")]
    [InlineData("user_locked", "LOGIN_UNAVAILABLE", "The sign-in service cannot be reached")]
    [InlineData("access_denied", "LOGIN_FAILED", "Signing in does not work at the moment.")]
    public async Task An_administrator_says_what_an_OP_means_by_an_error(string code, string key, string text)
    {
        using var op = new ScriptedOp { OnStart = _ => ScriptedOp.Error(code, "of alice") };
        await using var host = await StartAsync(op, options => options.ErrorTexts[code] = key);
        using var browser = host.CreateBrowser();

        var page = await host.BeginAsync(browser);

        Assert.StartsWith(text, page.Notice, StringComparison.Ordinal);
        Assert.Contains(code, host.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("of alice", host.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access_denied", "LOGIN_EXPIRED", "expired")]
    [InlineData("invalid_request", "USER_NOT_FOUND", "failed")]
    [InlineData("timed_out", "LOGIN_EXPIRED", "expired")]
    public async Task That_counts_for_the_token_endpoint_too_but_the_user_is_known_by_then(string code, string key, string state)
    {
        using var op = new ScriptedOp { OnPoll = _ => ScriptedOp.Error(code) };
        await using var host = await StartAsync(op, options => options.ErrorTexts[code] = key);
        using var browser = host.CreateBrowser();

        Assert.Equal(state, await host.AdvanceUntilNotAsync(browser, await host.BeginAsync(browser), "waiting"));
    }

    [Fact]
    [Trait("Spec", "U-6")]
    public async Task Who_shall_not_be_asked_for_a_user_code_is_not()
    {
        using var op = new ScriptedOp { OnStart = _ => ScriptedOp.Error("missing_user_code") };
        op.Metadata["backchannel_user_code_parameter_supported"] = true;
        await using var host = await StartAsync(op, options => options.UserCode = false);
        using var browser = host.CreateBrowser();

        Assert.Equal("That did not work", (await host.BeginAsync(browser)).Title);
    }

    private static async Task<CibaTestHost> StartAsync(ScriptedOp op, Action<CibaOptions> configure)
    {
        var host = await CibaTestHost.StartAsync(options =>
        {
            options.Authority = ScriptedOp.Issuer;
            options.BackchannelHttpHandler = op;
            options.IdTokenSigningAlgorithms = ["ES256"];
            configure(options);
        });
        op.Clock = host.Clock;
        return host;
    }
}
