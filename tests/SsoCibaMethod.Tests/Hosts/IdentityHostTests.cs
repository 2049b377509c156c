using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Hosts;

public class IdentityHostTests
{
    [Fact]
    public async Task CIBA_is_an_external_login_of_ASP_NET_Core_Identity()
    {
        await using var host = await CibaTestHost.StartAsync(
            register: (builder, ciba) =>
            {
                builder.Services.AddSingleton<IUserStore<IdentityUser>, MemoryUserStore>();
                builder.Services.AddIdentityCore<IdentityUser>().AddSignInManager();
                builder.Services.AddAuthentication(options =>
                {
                    options.DefaultScheme = IdentityConstants.ApplicationScheme;
                    options.DefaultSignInScheme = IdentityConstants.ExternalScheme;
                }).AddCibaAuthentication(ciba).AddIdentityCookies();
            },
            pipeline: app =>
            {
                app.UseAuthentication();
                app.MapGet("/external", async (SignInManager<IdentityUser> signIn, HttpContext context) =>
                    await context.ChallengeAsync("Ciba", signIn.ConfigureExternalAuthenticationProperties("Ciba", "/external/done")));
                app.MapGet("/external/done", Done);
            });
        using var browser = host.CreateBrowser();
        var alice = host.Op.Options.Accounts[0].Subject;

        Assert.Equal($"Ciba {alice} created", (await host.SignInAsync(browser, "/external")).Body);
        Assert.Equal($"Ciba {alice} known", (await host.SignInAsync(browser, "/external")).Body);
        Assert.Contains(browser.Cookies.GetCookies(new Uri("https://app.example/")), cookie => cookie.Name == ".AspNetCore.Identity.Application");
    }

    private static async Task<string> Done(SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users)
    {
        var login = await signIn.GetExternalLoginInfoAsync() ?? throw new InvalidOperationException("No external login.");
        var known = await signIn.ExternalLoginSignInAsync(login.LoginProvider, login.ProviderKey, isPersistent: false);
        if (!known.Succeeded)
        {
            var user = new IdentityUser("alice");
            Assert.True((await users.CreateAsync(user)).Succeeded);
            Assert.True((await users.AddLoginAsync(user, login)).Succeeded);
        }

        return $"{login.LoginProvider} {login.ProviderKey} {(known.Succeeded ? "known" : "created")}";
    }

    private sealed class MemoryUserStore : IUserLoginStore<IdentityUser>
    {
        private readonly ConcurrentDictionary<string, IdentityUser> _users = new();
        private readonly ConcurrentDictionary<(string, string), string> _logins = new();

        public Task<IdentityResult> CreateAsync(IdentityUser user, CancellationToken cancellationToken) =>
            Task.FromResult(_users.TryAdd(user.Id, user) ? IdentityResult.Success : IdentityResult.Failed());

        public Task<IdentityResult> UpdateAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

        public Task<IdentityResult> DeleteAsync(IdentityUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IdentityUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(_users.GetValueOrDefault(userId));

        public Task<IdentityUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
            Task.FromResult(_users.Values.FirstOrDefault(user => user.NormalizedUserName == normalizedUserName));

        public Task<IdentityUser?> FindByLoginAsync(string loginProvider, string providerKey, CancellationToken cancellationToken) =>
            Task.FromResult(_logins.TryGetValue((loginProvider, providerKey), out var id) ? _users[id] : null);

        public Task AddLoginAsync(IdentityUser user, UserLoginInfo login, CancellationToken cancellationToken)
        {
            _logins[(login.LoginProvider, login.ProviderKey)] = user.Id;
            return Task.CompletedTask;
        }

        public Task RemoveLoginAsync(IdentityUser user, string loginProvider, string providerKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IList<UserLoginInfo>> GetLoginsAsync(IdentityUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> GetUserIdAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

        public Task<string?> GetUserNameAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

        public Task<string?> GetNormalizedUserNameAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedUserName);

        public Task SetUserNameAsync(IdentityUser user, string? userName, CancellationToken cancellationToken)
        {
            user.UserName = userName;
            return Task.CompletedTask;
        }

        public Task SetNormalizedUserNameAsync(IdentityUser user, string? normalizedName, CancellationToken cancellationToken)
        {
            user.NormalizedUserName = normalizedName;
            return Task.CompletedTask;
        }

        public void Dispose()
        {
        }
    }
}
