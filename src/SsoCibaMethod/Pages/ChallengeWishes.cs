using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Pages;

/// <summary>What a challenge asks beyond the method's settings, on its way to the page and back. Confidential.</summary>
internal sealed record ChallengeWishes
{
    // Protected and encoded it becomes half as long again; servers take addresses of 8,000 characters.
    private const int Longest = 4_000;

    public string? LoginHint { get; init; }

    public string? LoginHintToken { get; init; }

    public string? IdTokenHint { get; init; }

    public IReadOnlyList<string>? Scope { get; init; }

    public TimeSpan? RequestedExpiry { get; init; }

    public IReadOnlyList<string>? AcrValues { get; init; }

    public IReadOnlyList<string>? AcceptedAcrValues { get; init; }

    public IReadOnlyList<string>? Resources { get; init; }

    public JsonArray? AuthorizationDetails { get; init; }

    public JsonObject? RequestContext { get; init; }

    public JsonObject? Parameters { get; init; }

    /// <summary>The hint that leaves nothing to type.</summary>
    public CibaLoginHint? Token =>
        IdTokenHint is { } idToken ? new CibaLoginHint.IdToken(idToken) : LoginHintToken is { } token ? new CibaLoginHint.LoginHintToken(token) : null;

    /// <summary>Whether it says who is asked.</summary>
    public bool HasHint => LoginHint is not null || Token is not null;

    /// <summary>Reads them from the parameters of a challenge, whatever class it has.</summary>
    public static ChallengeWishes Of(AuthenticationProperties properties) => new()
    {
        LoginHint = properties.GetParameter<string>(CibaDefaults.LoginHintParameter) is { Length: > 0 and <= LoginInput.MaximumHint } hint ? hint : null,
        LoginHintToken = Text(properties, CibaChallengeProperties.LoginHintTokenParameter),
        IdTokenHint = Text(properties, CibaChallengeProperties.IdTokenHintParameter),
        Scope = properties.GetParameter<IReadOnlyList<string>>(CibaChallengeProperties.ScopeParameter),
        RequestedExpiry = properties.GetParameter<TimeSpan?>(CibaChallengeProperties.RequestedExpiryParameter),
        AcrValues = properties.GetParameter<IReadOnlyList<string>>(CibaChallengeProperties.AcrValuesParameter),
        AcceptedAcrValues = properties.GetParameter<IReadOnlyList<string>>(CibaChallengeProperties.AcceptedAcrValuesParameter),
        Resources = properties.GetParameter<IReadOnlyList<string>>(CibaChallengeProperties.ResourcesParameter),
        AuthorizationDetails = properties.GetParameter<JsonArray>(CibaChallengeProperties.AuthorizationDetailsParameter),
        RequestContext = properties.GetParameter<JsonObject>(CibaChallengeProperties.RequestContextParameter),
        Parameters = properties.GetParameter<JsonObject>(CibaChallengeProperties.RequestParametersParameter),
    };

    /// <summary>The wishes as text; <see langword="null"/> where there are none.</summary>
    /// <exception cref="InvalidOperationException">They cannot be fulfilled: a mistake of the program.</exception>
    public string? Write()
    {
        if (LoginHintToken is not null && IdTokenHint is not null)
        {
            throw new InvalidOperationException("A challenge has one hint: give LoginHintToken or IdTokenHint (CIBA Core §7.1).");
        }

        if (Parameters?.Select(parameter => parameter.Key).FirstOrDefault(BackchannelAuthenticationRequest.IsReserved) is { } reserved)
        {
            throw new InvalidOperationException($"RequestParameters of a challenge cannot hold {reserved}; use the property of that meaning, or leave it out.");
        }

        var text = JsonSerializer.Serialize(this, ChallengeWishesJson.Default.ChallengeWishes);
        if (text.Length > Longest)
        {
            throw new InvalidOperationException(
                $"A challenge's hint and parameters have {text.Length} characters, and {Longest} is the most an address can carry; set them in the event OnBackchannelAuthentication instead.");
        }

        return text == "{}" ? null : text;
    }

    public static ChallengeWishes Read(string? text)
    {
        try
        {
            return (text is null ? null : JsonSerializer.Deserialize(text, ChallengeWishesJson.Default.ChallengeWishes)) ?? new ChallengeWishes();
        }
        catch (JsonException)
        {
            // Of another version.
            return new ChallengeWishes();
        }
    }

    /// <summary>Names the kind only.</summary>
    /// <returns>The kind.</returns>
    public override string ToString() => nameof(ChallengeWishes);

    private static string? Text(AuthenticationProperties properties, string name) => properties.GetParameter<string>(name) is { Length: > 0 } text ? text : null;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ChallengeWishes))]
internal sealed partial class ChallengeWishesJson : JsonSerializerContext;
