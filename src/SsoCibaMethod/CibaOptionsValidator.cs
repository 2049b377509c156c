using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod;

/// <summary>Finds every fault of a method's settings at once; each names the setting and the cure.</summary>
internal sealed class CibaOptionsValidator(IOptions<AuthenticationOptions> authentication) : IValidateOptions<CibaOptions>
{
    private static readonly TimeSpan GreatestClockSkew = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, CibaOptions options)
    {
        List<string> faults = [.. options.BindingFaults, .. Provider(options), .. Client(options), .. Request(options), .. Times(options), .. Host(name!, options)];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => $"Method {name}: {fault}"));
    }

    private static IEnumerable<string> Provider(CibaOptions options)
    {
        if (options is { Authority: null, MetadataAddress: null, ProviderMetadata: null })
        {
            yield return "Authority is missing; give the OP's issuer address, or MetadataAddress, or a discovery document as ProviderMetadata.";
        }

        if (options.ProviderMetadata is not null && options.MetadataAddress is not null)
        {
            yield return "MetadataAddress and ProviderMetadata exclude each other; keep one.";
        }

        foreach (var (setting, value) in new[]
        {
            ("Authority", options.Authority),
            ("MetadataAddress", options.MetadataAddress),
            ("Endpoints:BackchannelAuthentication", options.Endpoints.BackchannelAuthentication),
            ("Endpoints:Token", options.Endpoints.Token),
        })
        {
            if (value is not null && !(Uri.TryCreate(value, UriKind.Absolute, out var address) && EndpointAddress.IsAllowed(address)))
            {
                // An address with a password in it is a fault, and the password stays out of the log.
                yield return $"{setting} is \"{(value.Contains('@', StringComparison.Ordinal) ? "…@…" : value)}\"; write an address that begins with https:// (http:// only for this very machine), without user name or fragment.";
            }
        }

        foreach (var (setting, path) in new[] { ("ProviderMetadata", options.ProviderMetadata), ("ProviderJwks", options.ProviderJwks) })
        {
            if (path is not null && !File.Exists(path))
            {
                yield return $"{setting}: the file {path} does not exist.";
            }
        }
    }

    private static IEnumerable<string> Client(CibaOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return "ClientId is missing; give the client identifier that the OP registered.";
        }

        if (options.ClientSecret is not null && options.ClientSecretFile is not null)
        {
            yield return "ClientSecret and ClientSecretFile exclude each other; keep one.";
        }
        else
        {
            _ = ClientAuthenticationFactory.TryCreate(options, out var fault);
            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Request(CibaOptions options)
    {
        if (!options.Scope.Contains("openid", StringComparer.Ordinal))
        {
            yield return "Scope lacks openid; add it, for without it there is no ID token.";
        }

        if (options.IdTokenSigningAlgorithms.FirstOrDefault(algorithm => !IsKnown(algorithm)) is { } unknown)
        {
            yield return $"IdTokenSigningAlgorithms holds \"{unknown}\"; possible are RS256, PS256, ES256, their 384 and 512 forms, and HS256 to HS512 where there is a client secret.";
        }

        if (options.IdTokenSigningAlgorithms.Any(algorithm => algorithm.StartsWith("HS", StringComparison.Ordinal)) && SecretIsShort(options))
        {
            yield return "IdTokenSigningAlgorithms holds an HS algorithm, but the client secret is shorter than its hash (32 bytes for HS256, 48 for HS384, 64 for HS512), or missing.";
        }

        if (options.LoginHintSource != "typed")
        {
            yield return $"LoginHint:Source is \"{options.LoginHintSource}\"; write typed.";
        }

        if (options.BindingMessage.Length is < 4 or > 32)
        {
            yield return $"BindingMessage:Length is {options.BindingMessage.Length}; write a number from 4 to 32.";
        }

        var alphabet = options.BindingMessage.Alphabet;
        if (alphabet.Distinct().Count() < 10 || alphabet.Any(character => !char.IsAsciiLetterOrDigit(character)))
        {
            yield return "BindingMessage:Alphabet needs at least ten different letters or digits, and nothing else.";
        }
    }

    private static IEnumerable<string> Times(CibaOptions options)
    {
        foreach (var (setting, value) in new[] { ("Polling:Interval", options.Polling.Interval), ("Polling:IntervalIncrease", options.Polling.IntervalIncrease) })
        {
            if (value < PollSettings.Least || value > TimeSpan.FromMinutes(5))
            {
                yield return $"{setting} is \"{value:c}\"; write a duration from \"00:00:05\" to \"00:05:00\".";
            }
        }

        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > GreatestClockSkew)
        {
            yield return $"ClockSkew is \"{options.ClockSkew:c}\"; write a duration up to \"00:05:00\".";
        }

        if (options.MaximumLifetime < TimeSpan.FromSeconds(30) || options.MaximumLifetime > TimeSpan.FromHours(24))
        {
            yield return $"MaximumLifetime is \"{options.MaximumLifetime:c}\"; write a duration from \"00:00:30\" to \"24:00:00\".";
        }

        if (options.RequestedExpiry is { } expiry && (expiry < TimeSpan.FromSeconds(1) || expiry.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            yield return $"RequestedExpiry is \"{expiry:c}\"; write whole seconds, at least one.";
        }

        if (options.BackchannelTimeout < TimeSpan.FromSeconds(35) || options.BackchannelTimeout > TimeSpan.FromMinutes(5))
        {
            yield return $"BackchannelTimeout is \"{options.BackchannelTimeout:c}\"; set it from 35 seconds to 5 minutes, since an OP may hold an answer for 30.";
        }
    }

    private IEnumerable<string> Host(string scheme, CibaOptions options)
    {
        if (options.Backchannel is not null)
        {
            yield return "Backchannel is set; leave it, for each method has an HTTP client of its own. Set BackchannelHttpHandler instead.";
        }

        if (options.CallbackPath.Value is null or "" || options.CallbackPath.Value.EndsWith('/'))
        {
            yield return $"CallbackPath is \"{options.CallbackPath}\"; write a path below the root that does not end in /, for example /signin-ciba.";
        }

        if (options.SignInScheme is null)
        {
            yield return "SignInScheme is missing; call AddCookie() and name its scheme as the default (AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)), or set SignInScheme.";
        }
        else if (options.SignInScheme == scheme)
        {
            yield return "SignInScheme is this method itself; name the scheme that keeps the user signed in, for example that of AddCookie().";
        }
        else if (!authentication.Value.SchemeMap.ContainsKey(options.SignInScheme))
        {
            yield return $"SignInScheme is \"{options.SignInScheme}\", which no scheme is called; add it, for example by AddCookie(\"{options.SignInScheme}\").";
        }
    }

    private static bool SecretIsShort(CibaOptions options)
    {
        var needed = options.IdTokenSigningAlgorithms.Where(algorithm => algorithm.StartsWith("HS", StringComparison.Ordinal) && IsKnown(algorithm))
            .Select(algorithm => int.Parse(algorithm.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture) / 8).DefaultIfEmpty().Max();
        return ClientAuthenticationFactory.TryCreate(options, out _)?.HasSecretOf(needed) == false;
    }

    private static bool IsKnown(string algorithm) =>
        algorithm.Length == 5 && algorithm[..2] is "RS" or "PS" or "ES" or "HS" && algorithm[2..] is "256" or "384" or "512";
}
