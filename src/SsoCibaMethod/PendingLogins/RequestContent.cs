using System.Text.Json.Nodes;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.PendingLogins;

/// <summary>What a login asks of the OP beside whom: kept on the record, since the request may be sent again with a user code, and the answer is held against it.</summary>
internal sealed record RequestContent
{
    /// <summary>The scopes; those of the method where there are none.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    public TimeSpan? RequestedExpiry { get; init; }

    public IReadOnlyList<string> AcrValues { get; init; } = [];

    public IReadOnlyList<string> AcceptedAcrValues { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    public JsonArray? AuthorizationDetails { get; init; }

    public JsonObject? RequestContext { get; init; }

    public JsonObject? Parameters { get; init; }

    /// <summary>What the ID token's <c>acr</c> must be one of, if anything.</summary>
    public IReadOnlyList<string> SatisfyingAcrValues() => AcceptedAcrValues.Count > 0 ? AcceptedAcrValues : AcrValues;

    /// <summary>The <c>max_age</c> asked for, which the answer is held against.</summary>
    public TimeSpan? MaxAge() => new BackchannelAuthenticationRequest { Parameters = (Parameters ?? []).ToDictionary(StringComparer.Ordinal) }.MaxAge;

    public static RequestContent Of(BackchannelAuthenticationContext context) => new()
    {
        Scope = [.. context.Scope],
        RequestedExpiry = context.RequestedExpiry,
        AcrValues = [.. context.AcrValues],
        AcceptedAcrValues = context.SatisfyingAcrValues(),
        Resources = [.. context.Resources],
        AuthorizationDetails = context.AuthorizationDetails?.DeepClone().AsArray(),
        RequestContext = context.RequestContext?.DeepClone().AsObject(),
        Parameters = context.RequestParameters.Count > 0 ? context.RequestParameters.DeepClone().AsObject() : null,
    };

    /// <summary>Names the kind only: it may be about a person.</summary>
    /// <returns>The kind.</returns>
    public override string ToString() => nameof(RequestContent);
}
