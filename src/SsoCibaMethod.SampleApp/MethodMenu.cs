using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace SsoCibaMethod.SampleApp;

/// <summary>The ways to sign in, as the settings have them at this moment.</summary>
internal sealed class MethodMenu(IAuthenticationSchemeProvider schemes, IOptionsMonitor<CibaOptions> methods)
{
    public async Task<bool> HasAsync(string method) => (await SchemesAsync()).Any(scheme => scheme.Name == method);

    public async Task<IReadOnlyList<MenuItem>> MethodsAsync(string? returnUrl) =>
    [
        .. (await SchemesAsync()).Where(scheme => methods.Get(scheme.Name).Enabled).Select(scheme => new MenuItem(
            Label(scheme.Name, methods.Get(scheme.Name)),
            Link($"/signin/{Uri.EscapeDataString(scheme.Name)}", returnUrl))),
    ];

    public static string Link(string path, string? returnUrl) => returnUrl is null ? path : $"{path}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    private static string Label(string scheme, CibaOptions method) =>
        $"{(method.LoginHint.Source == CibaLoginHintSource.Claim ? "Confirm" : "Sign in")} with {method.DisplayName ?? scheme}";

    // Asked each time: an administrator may add one while the application runs.
    private async Task<IEnumerable<AuthenticationScheme>> SchemesAsync() => (await schemes.GetAllSchemesAsync()).Where(scheme => scheme.HandlerType == typeof(CibaHandler));
}

/// <summary>One way to sign in, or to confirm who is signed in.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Link">Where it begins.</param>
public sealed record MenuItem(string Label, string Link);

/// <summary>What the home page shows.</summary>
/// <param name="Methods">The ways to sign in.</param>
/// <param name="PasswordLink">Where signing in by a password begins.</param>
/// <param name="IsSignedIn">Whether somebody is signed in already.</param>
/// <param name="HasSimulator">Whether the OP is only a simulator.</param>
public sealed record HomeModel(IReadOnlyList<MenuItem> Methods, string PasswordLink, bool IsSignedIn, bool HasSimulator);

/// <summary>Who is signed in.</summary>
/// <param name="Scheme">The method that signed in.</param>
/// <param name="Claims">What is known of the user.</param>
public sealed record Me(string Scheme, IReadOnlyList<MeClaim> Claims);

/// <summary>One thing known of the user.</summary>
/// <param name="Type">What.</param>
/// <param name="Value">Its value.</param>
public sealed record MeClaim(string Type, string Value);
