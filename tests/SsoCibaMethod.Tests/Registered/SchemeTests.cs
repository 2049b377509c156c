using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Registered;

/// <summary>Registered methods beside others, and in applications of every kind.</summary>
[Trait("Spec", "U-40")]
[Trait("Spec", "S-16")]
public class SchemeTests
{
    [Fact]
    public async Task A_typed_login_replaces_who_is_signed_in()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        _ = await browser.LoginAsync("bob");

        var waiting = await browser.SubmitAsync(await browser.OpenAsync("/confirm?method=Ciba"), "form", ("login_hint", "alice"));
        var me = await host.ApproveAndReturnAsync(browser, waiting, "alice");

        Assert.Equal("Alice Aaltonen", me.AllClaims().Single(claim => claim.Type == "name").Value);
        Assert.DoesNotContain(me.AllClaims(), claim => claim.Type is "local_id" or "op_sub");
    }

    [Fact]
    public async Task A_user_signed_in_by_CIBA_may_be_confirmed_by_CIBA()
    {
        await using var host = await StepUpHost.StartAsync(options =>
        {
            options.LoginHint.Claim = "name";
            options.LoginHint.SubjectClaim = "sub";
            options.AcrValues = ["loa3"];
        }, simulator: options => options.Accounts[0] = new("alice", "Alice Aaltonen") { Name = "Alice Aaltonen" });
        using var browser = host.CreateBrowser();
        var waiting = await browser.SubmitAsync(await browser.OpenAsync("/confirm?method=Ciba"), "form", ("login_hint", "alice"));
        var first = await host.ApproveAndReturnAsync(browser, waiting, "alice");

        var me = await host.ApproveAndReturnAsync(browser, await browser.SubmitAsync(await browser.OpenAsync("/confirm")), "Alice Aaltonen");

        Assert.Equal(
            first.AllClaims().Where(claim => claim.Type is not ("acr" or "amr" or "auth_time")),
            me.AllClaims().Where(claim => claim.Type is not ("acr" or "amr" or "auth_time")));
        Assert.Equal("loa3", me.AllClaims().Single(claim => claim.Type == "acr").Value);
    }

    [Fact]
    [Trait("Spec", "S-19")]
    public async Task Both_kinds_side_by_side_in_one_browser_keep_apart()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var confirming = await browser.AskAsync();
        var typing = await browser.SubmitAsync(await browser.OpenAsync("/confirm?method=Ciba"), "form", ("login_hint", "alice"));

        var me = await host.ApproveAndReturnAsync(browser, confirming);
        Assert.Equal("Alice of this house", me.AllClaims().Single(claim => claim.Type == "name").Value);

        me = await host.ApproveAndReturnAsync(browser, typing, "alice");
        Assert.Equal("Alice Aaltonen", me.AllClaims().Single(claim => claim.Type == "name").Value);
    }

    [Fact]
    public async Task Two_tabs_confirm_each_by_its_own_request()
    {
        await using var host = await StepUpHost.StartAsync();
        using var browser = host.CreateBrowser();
        var first = await browser.AskAsync();
        var firstRequest = await host.Op.WaitForRequestAsync(StepUpHost.AlicesHint);
        var second = await browser.SubmitAsync(await browser.OpenAsync("/confirm"));
        var secondRequest = await host.Op.WaitForAsync(request => request.AuthReqId != firstRequest.AuthReqId);
        Assert.NotEqual(first.Code, second.Code);

        foreach (var (tab, request) in new[] { (second, secondRequest), (first, firstRequest) })
        {
            Assert.True(host.Op.Approve(request.AuthReqId));
            Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, tab, "waiting"));
            var me = await browser.OpenAsync(tab.Address.ToString());
            Assert.Equal("/me", me.Address.AbsolutePath);
            Assert.Equal("Alice of this house", me.AllClaims().Single(claim => claim.Type == "name").Value);
        }
    }

    [Fact]
    public async Task The_user_may_be_known_to_another_scheme_than_the_one_that_keeps_the_confirmation()
    {
        await using var host = await StepUpHost.StartAsync(
            options =>
            {
                options.LoginHint.Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.SignInScheme = "Confirmed";
            },
            builder => builder.Services.AddAuthentication().AddCookie("Confirmed", options => options.ExpireTimeSpan = TimeSpan.FromMinutes(5)),
            signIn: (properties, now) => properties.ExpiresUtc = now.AddHours(8));
        using var browser = host.CreateBrowser();

        var me = await host.ConfirmAsync(browser);

        // The first sign-in is as it was; the other one is about the same user, for its own time.
        Assert.DoesNotContain(me.AllClaims(), claim => claim.Type == "acr");
        Assert.Equal(
            [.. StepUpHost.People["alice"].Select(claim => (claim.Type, claim.Value)), ("acr", "loa2")],
            (await browser.OpenAsync("/me?scheme=Confirmed")).AllClaims().Where(claim => claim.Type is not ("amr" or "auth_time")));
        var expires = DateTimeOffset.Parse((await browser.KeptAsync("Confirmed"))[".expires"], CultureInfo.InvariantCulture);
        Assert.InRange(expires - host.Clock.GetUtcNow(), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));

        // Whoever is signed in there, the user of LoginHint:Scheme is asked for.
        _ = await browser.OpenAsync("/logout");
        Assert.StartsWith("Sign in first.", (await browser.OpenAsync("/confirm")).Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_of_ASP_NET_Core_Identity_is_confirmed_in_the_application_cookie()
    {
        await using var host = await CibaTestHost.StartAsync(
            register: (builder, ciba) =>
            {
                builder.Services.AddIdentityCore<IdentityUser>().AddSignInManager();
                builder.Services.AddSingleton<IUserStore<IdentityUser>, OneUserStore>();
                builder.Services.Configure<SecurityStampValidatorOptions>(options => options.OnRefreshingPrincipal = context =>
                {
                    var confirmed = context.CurrentPrincipal!.FindAll(claim => claim.Type is "acr" or "amr" or "auth_time");
                    ((ClaimsIdentity)context.NewPrincipal!.Identity!).AddClaims(confirmed);
                    return Task.CompletedTask;
                });
                builder.Services.AddAuthentication(options =>
                {
                    options.DefaultScheme = IdentityConstants.ApplicationScheme;
                    options.DefaultSignInScheme = IdentityConstants.ExternalScheme;
                }).AddCibaAuthentication("StepUp", options =>
                {
                    ciba(options);
                    options.SignInScheme = IdentityConstants.ApplicationScheme;
                    options.LoginHint.Source = CibaLoginHintSource.Claim;
                    options.LoginHint.Claim = ClaimTypes.Name;
                    options.LoginHint.SubjectClaim = ClaimTypes.NameIdentifier;
                }).AddIdentityCookies();
            },
            pipeline: app =>
            {
                app.UseAuthentication();
                app.MapGet("/login", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) =>
                    await signIn.SignInAsync((await users.FindByNameAsync("alice"))!, isPersistent: false, "pwd"));
                app.MapGet("/confirm", (HttpContext context) => context.ChallengeAsync("StepUp", new AuthenticationProperties { RedirectUri = "/me" }));
                app.MapGet("/me", (ClaimsPrincipal user) => user.Claims.Select(claim => new[] { claim.Type, claim.Value }));
            });
        using var browser = host.CreateBrowser();
        _ = await browser.OpenAsync("/login");
        var before = (await browser.OpenAsync("/me")).AllClaims();
        Assert.Contains((ClaimTypes.Name, "alice"), before);

        var me = await host.ApproveAndReturnAsync(browser, await browser.SubmitAsync(await browser.OpenAsync("/confirm")), "alice");

        Assert.Equal("/me", me.Address.AbsolutePath);
        Assert.Superset(before.Where(claim => claim.Type is not "amr").ToHashSet(), me.AllClaims().ToHashSet());
        Assert.Contains(("acr", "loa2"), me.AllClaims());
        Assert.DoesNotContain(browser.Cookies.GetAllCookies(), cookie => cookie.Name == ".AspNetCore.Identity.External");

        // Identity makes the user anew after half an hour, and carries over what it is told to.
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Contains(("acr", "loa2"), (await browser.OpenAsync("/me")).AllClaims());
    }

    /// <summary>Knows Alice, by the id the OP has for her.</summary>
    private sealed class OneUserStore : IUserStore<IdentityUser>
    {
        private readonly IdentityUser _alice = new("alice") { Id = StepUpHost.SubjectOf("alice"), NormalizedUserName = "ALICE" };

        public Task<IdentityUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(userId == _alice.Id ? _alice : null);

        public Task<IdentityUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
            Task.FromResult(normalizedUserName == _alice.NormalizedUserName ? _alice : null);

        public Task<string> GetUserIdAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

        public Task<string?> GetUserNameAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

        public Task<string?> GetNormalizedUserNameAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedUserName);

        public Task<IdentityResult> CreateAsync(IdentityUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IdentityResult> UpdateAsync(IdentityUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IdentityResult> DeleteAsync(IdentityUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SetUserNameAsync(IdentityUser user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SetNormalizedUserNameAsync(IdentityUser user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
