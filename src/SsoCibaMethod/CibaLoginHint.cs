namespace SsoCibaMethod;

/// <summary>Who is asked: one of the three hints of CIBA Core §7.1. Confidential: <see cref="ToString"/> shows none of it.</summary>
public abstract record CibaLoginHint
{
    private CibaLoginHint(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Value = value;
    }

    /// <summary>The hint. Confidential.</summary>
    public string Value { get; init; }

    /// <summary>Names the case only.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>A <c>login_hint</c>: a phone number, a user name, a person's number, in a form the OP knows.</summary>
    /// <param name="Value">The hint.</param>
    public sealed record Plain(string Value) : CibaLoginHint(Value);

    /// <summary>A <c>login_hint_token</c>, of a form agreed with the OP; it should be signed by its maker (CIBA Core §14).</summary>
    /// <param name="Value">The token.</param>
    public sealed record LoginHintToken(string Value) : CibaLoginHint(Value);

    /// <summary>An <c>id_token_hint</c>: a signed ID token that this OP gave this client earlier. The answer must be about the same user.</summary>
    /// <param name="Value">The token; of one that was encrypted the signed token inside.</param>
    public sealed record IdToken(string Value) : CibaLoginHint(Value);
}
