using System.Text.Json;
using System.Text.Json.Nodes;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod;

/// <summary>What must hold of the request and of the answer's ID token.</summary>
internal static class RequestRules
{
    public static IEnumerable<string> Faults(CibaOptions options)
    {
        if (!options.Scope.Contains("openid", StringComparer.Ordinal))
        {
            yield return "Scope lacks openid; add it, for without it there is no ID token.";
        }

        foreach (var (setting, items) in new[] { ("Scope", options.Scope), ("AcrValues", options.AcrValues), ("AcceptedAcrValues", options.AcceptedAcrValues) })
        {
            if (items.FirstOrDefault(item => item is not { Length: > 0 } || item.Any(char.IsWhiteSpace)) is { } item)
            {
                yield return $"{setting} holds \"{item}\"; write each as an item of its own, without white space.";
            }
        }

        if (options.IdTokenSigningAlgorithms.FirstOrDefault(algorithm => !IsKnown(algorithm)) is { } unknown)
        {
            yield return $"IdTokenSigningAlgorithms holds \"{unknown}\"; possible are RS256, PS256, ES256, their 384 and 512 forms, and HS256 to HS512 where there is a client secret.";
        }

        if (options.IdTokenSigningAlgorithms.Any(algorithm => algorithm.StartsWith("HS", StringComparison.Ordinal)) && SecretIsShort(options))
        {
            yield return "IdTokenSigningAlgorithms holds an HS algorithm, but the client secret is shorter than its hash (32 bytes for HS256, 48 for HS384, 64 for HS512), or missing.";
        }

        foreach (var (code, text) in options.ErrorTexts)
        {
            if (code is "authorization_pending" or "slow_down")
            {
                yield return $"ErrorTexts:{code} is not possible, for {code} is no end; leave it out.";
            }
            else if (!LoginOutcome.Texts.Contains(text))
            {
                yield return $"ErrorTexts:{code} is \"{text}\"; write {string.Join(", ", LoginOutcome.Texts.Order(StringComparer.Ordinal))}.";
            }
        }

        if (options.RequestParameters["max_age"] is { } age && new RequestContent { Parameters = options.RequestParameters }.MaxAge() is null)
        {
            yield return $"RequestParameters:max_age is {age.ToJsonString()}; write whole seconds.";
        }

        if (options.Resources.FirstOrDefault(one => one.Contains('#', StringComparison.Ordinal) || one.StartsWith('/') || !Uri.TryCreate(one, UriKind.Absolute, out _)) is { } resource)
        {
            yield return $"Resources holds \"{resource}\"; write an absolute address without fragment.";
        }

        if (options.AuthorizationDetails?.All(detail => detail is JsonObject members && members["type"]?.GetValueKind() == JsonValueKind.String) == false)
        {
            yield return "AuthorizationDetails holds something else than objects with a type each (RFC 9396 §2).";
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

    private static bool SecretIsShort(CibaOptions options)
    {
        var needed = options.IdTokenSigningAlgorithms.Where(algorithm => algorithm.StartsWith("HS", StringComparison.Ordinal) && IsKnown(algorithm))
            .Select(algorithm => int.Parse(algorithm.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture) / 8).DefaultIfEmpty().Max();
        return ClientAuthenticationFactory.TryCreate(options, out _)?.HasSecretOf(needed) == false;
    }

    private static bool IsKnown(string algorithm) =>
        algorithm.Length == 5 && algorithm[..2] is "RS" or "PS" or "ES" or "HS" && algorithm[2..] is "256" or "384" or "512";
}
