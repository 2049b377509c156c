using System.CommandLine;
using System.Security.Cryptography;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli;

/// <summary>Makes the backchannel authentication request from the options.</summary>
internal sealed class LoginRequest(LoginOptions options, ParseResult line)
{
    // The consonants of RFC 8628 §6.1, which spell no words and cannot be confused; no OP known refuses them.
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    private const int CodeLength = 6;

    private readonly string _bindingMessage = line.GetValue(options.BindingMessage) ?? RandomNumberGenerator.GetString(Alphabet, CodeLength);

    public BackchannelAuthenticationRequest Create(string? userCode)
    {
        var hints = new[] { options.LoginHint, options.LoginHintTokenFile, options.IdTokenHintFile }.Where(option => line.GetValue(option) is not null).ToList();
        if (hints.Count != 1)
        {
            throw new SettingsException($"Give one of {options.LoginHint.Name}, {options.LoginHintTokenFile.Name} and {options.IdTokenHintFile.Name}: exactly one says who is asked.");
        }

        if (line.GetValue(options.RequestedExpiry) is <= 0)
        {
            throw new SettingsException($"{options.RequestedExpiry.Name} must be a second at least.");
        }

        return new BackchannelAuthenticationRequest
        {
            LoginHint = line.GetValue(options.LoginHint),
            LoginHintToken = File(options.LoginHintTokenFile),
            IdTokenHint = File(options.IdTokenHintFile),
            BindingMessage = _bindingMessage,
            UserCode = userCode,
            RequestedExpiry = line.GetValue(options.RequestedExpiry) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            AcrValues = line.GetValue(options.AcrValues) ?? [],
        };
    }

    private string? File(Option<string?> option) => line.GetValue(option) is { } path ? Secrets.Read(option.Name, path) : null;
}
