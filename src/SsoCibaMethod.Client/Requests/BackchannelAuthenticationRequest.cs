namespace SsoCibaMethod.Client;

/// <summary>One backchannel authentication request (CIBA Core §7.1). Confidential: <see cref="object.ToString"/> shows none of it.</summary>
public sealed class BackchannelAuthenticationRequest
{
    /// <summary>Who is asked, in a form the OP knows: a phone number, a user name, a person's number.</summary>
    public required string LoginHint { get; init; }

    /// <summary>The text shown on both devices, so that the user can tell one request from another. Short, plain text.</summary>
    public string? BindingMessage { get; init; }

    /// <summary>The user's secret towards the OP; sent only where the OP's metadata offers it, and stored nowhere (CIBA Core §7.1.2).</summary>
    public string? UserCode { get; init; }

    /// <summary>How long the request should live, in whole seconds; the OP may choose otherwise.</summary>
    public TimeSpan? RequestedExpiry { get; init; }

    /// <summary>The authentication context classes asked for, best first.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];
}
