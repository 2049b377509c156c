using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Registered;

/// <summary>
/// An application that signs its users in by itself, at "/login?as=", and has them confirm by the registered method "StepUp". Beside it "Ciba" lets the user type.
/// </summary>
internal static class StepUpHost
{
    public const string Page = "/signin-stepup";
    public const string AlicesHint = "alice@example.com";

    /// <summary>Who can sign in: by name, the local claims.</summary>
    public static readonly IReadOnlyDictionary<string, Claim[]> People = new Dictionary<string, Claim[]>(StringComparer.Ordinal)
    {
        ["alice"] = Person("1", "Alice of this house", AlicesHint, SubjectOf("alice")),
        ["bob"] = Person("2", "Bob of this house", "bob@example.com", SubjectOf("bob")),
        ["without phone"] = Person("3", "No Phone", null, SubjectOf("alice")),
        ["unknown to the OP"] = Person("4", "No Subject", AlicesHint, null),
        ["with alice's phone"] = Person("5", "Not Alice", AlicesHint, SubjectOf("bob")),
        ["second account of alice"] = Person("6", "Alice again", AlicesHint, SubjectOf("alice")),
        ["stepped up before"] =
        [
            .. Person("1", "Alice of this house", AlicesHint, SubjectOf("alice")), new("acr", "loa9"), new("amr", "pwd"), new("amr", "face"), new("auth_time", "1"),
        ],
        ["nobody in particular"] = [new Claim("phone", AlicesHint)],
    };

    /// <summary>The <c>sub</c> the simulated OP has for an account.</summary>
    public static string SubjectOf(string account) => new CibaSimulatorAccount(account).Subject;

    /// <summary>Starts it.</summary>
    /// <param name="stepUp">Further settings of the registered method.</param>
    /// <param name="builder">Further services.</param>
    /// <param name="simulator">Settings of the OP.</param>
    /// <param name="op">Another OP than the simulator.</param>
    /// <param name="signIn">What "/login" notes in the sign-in, at what time.</param>
    public static async Task<CibaTestHost> StartAsync(
        Action<CibaOptions>? stepUp = null,
        Action<WebApplicationBuilder>? builder = null,
        Action<CibaSimulatorOptions>? simulator = null,
        ScriptedOp? op = null,
        Action<AuthenticationProperties, DateTimeOffset>? signIn = null)
    {
        var host = await CibaTestHost.StartAsync(
            options =>
            {
                if (op is not null)
                {
                    options.Authority = ScriptedOp.Issuer;
                    options.BackchannelHttpHandler = op;
                    options.IdTokenSigningAlgorithms = ["ES256"];
                }
            },
            builder,
            app => Map(app, signIn),
            simulator,
            register: (application, ciba) => application.Services
                .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
                .AddCookie()
                .AddCibaAuthentication(ciba)
                .AddCibaAuthentication("StepUp", options =>
                {
                    ciba(options);
                    options.LoginHint.Source = CibaLoginHintSource.Claim;
                    options.LoginHint.Claim = "phone";
                    options.LoginHint.SubjectClaim = "op_sub";
                    stepUp?.Invoke(options);
                }));
        if (op is not null)
        {
            op.Clock = host.Clock;
        }

        return host;
    }

    /// <summary>The application's own addresses; "/me" and "/kept" show the claims and the properties of the sign-in.</summary>
    public static void Map(WebApplication app, Action<AuthenticationProperties, DateTimeOffset>? signIn = null)
    {
        app.UseAuthentication();
        app.MapGet("/", () => "home");
        app.MapGet("/login", (string @as, string? scheme, TimeProvider clock) =>
        {
            var properties = new AuthenticationProperties();
            signIn?.Invoke(properties, clock.GetUtcNow());
            return TypedResults.SignIn(new ClaimsPrincipal(new ClaimsIdentity(People[@as], "Password", "name", "role")), properties, scheme);
        });
        app.MapGet("/logout", () => TypedResults.SignOut());
        app.MapGet("/confirm", (HttpContext context, string? method) =>
            context.ChallengeAsync(method ?? "StepUp", new AuthenticationProperties { RedirectUri = "/me" }));
        app.MapGet("/me", async (HttpContext context, string? scheme) =>
            ((await context.AuthenticateAsync(scheme)).Principal?.Claims ?? []).Select(claim => new[] { claim.Type, claim.Value }));
        app.MapGet("/kept", async (HttpContext context, string? scheme) => (await context.AuthenticateAsync(scheme)).Properties?.Items);
    }

    public static Task<TestPage> LoginAsync(this TestBrowser browser, string person) => browser.OpenAsync($"/login?as={Uri.EscapeDataString(person)}");

    /// <summary>Signs in and presses the page's button.</summary>
    public static async Task<TestPage> AskAsync(this TestBrowser browser, string person = "alice")
    {
        _ = await browser.LoginAsync(person);
        return await browser.SubmitAsync(await browser.OpenAsync("/confirm"));
    }

    /// <summary>Approves on the phone, and comes back with the browser.</summary>
    public static async Task<TestPage> ApproveAndReturnAsync(this CibaTestHost host, TestBrowser browser, TestPage waiting, string hint = AlicesHint)
    {
        await host.ApproveAsync(browser, waiting, hint);
        return await browser.OpenAsync(waiting.Address.ToString());
    }

    /// <summary>The whole way.</summary>
    public static async Task<TestPage> ConfirmAsync(this CibaTestHost host, TestBrowser browser, string person = "alice") =>
        await host.ApproveAndReturnAsync(browser, await browser.AskAsync(person));

    /// <summary>The claims "/me" shows, in order.</summary>
    public static (string Type, string Value)[] AllClaims(this TestPage me) =>
        [.. JsonSerializer.Deserialize<string[][]>(me.Body)!.Select(claim => (claim[0], claim[1]))];

    public static async Task<string?> NameAsync(this TestBrowser browser) => (await browser.OpenAsync("/me")).AllClaims().FirstOrDefault(claim => claim.Type == "name").Value;

    /// <summary>The properties of the sign-in.</summary>
    public static async Task<Dictionary<string, string>> KeptAsync(this TestBrowser browser, string? scheme = null) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>((await browser.OpenAsync(scheme is null ? "/kept" : $"/kept?scheme={scheme}")).Body)!;

    /// <summary>Adds claims to whoever is signed in, at each request, as the application's claims transformation.</summary>
    public static void WithClaims(this WebApplicationBuilder builder, params (string Type, string Value)[] claims) =>
        builder.Services.AddSingleton<IClaimsTransformation>(new Transformation(claims));

    private static Claim[] Person(string id, string name, string? phone, string? subject) =>
    [
        new("local_id", id), new(ClaimTypes.NameIdentifier, id), new("name", name),
        .. phone is null ? Array.Empty<Claim>() : [new("phone", phone)],
        .. subject is null ? Array.Empty<Claim>() : [new("op_sub", subject)],
    ];

    private sealed class Transformation((string Type, string Value)[] claims) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            // In place, as many applications do it.
            ((ClaimsIdentity)principal.Identity!).AddClaims(claims.Select(claim => new Claim(claim.Type, claim.Value)));
            return Task.FromResult(principal);
        }
    }
}
