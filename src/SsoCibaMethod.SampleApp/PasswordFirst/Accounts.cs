using Microsoft.AspNetCore.Identity;

namespace SsoCibaMethod.SampleApp.PasswordFirst;

/// <summary>The users of this application: those of the section <c>Accounts</c>. For demonstration; a real application has a directory, and counts wrong passwords.</summary>
internal sealed class Accounts
{
    private readonly Dictionary<string, Account> _accounts;
    private readonly PasswordHasher<Account> _hasher = new();
    private readonly Account _nobody = new() { Id = "", Name = "", PasswordHash = "", Email = "", OpSubject = "" };

    public Accounts(IConfiguration configuration)
    {
        _accounts = new(configuration.GetSection("Accounts").Get<Dictionary<string, Account>>() ?? [], StringComparer.OrdinalIgnoreCase);

        // Checked in the place of an unknown user's, so that the time taken tells nobody who has an account.
        _nobody = _nobody with { PasswordHash = _hasher.HashPassword(_nobody, Guid.NewGuid().ToString()) };
    }

    /// <returns>The user; <see langword="null"/> where name and password do not belong together.</returns>
    public Account? Find(string? name, string? password)
    {
        var account = _accounts.GetValueOrDefault(name ?? "") ?? _nobody;
        return _hasher.VerifyHashedPassword(account, account.PasswordHash, password ?? "") == PasswordVerificationResult.Failed ? null : account;
    }
}
