namespace SsoCibaMethod;

/// <summary>What kind of hint people type.</summary>
public enum CibaLoginHintInputMode
{
    /// <summary>A user name, or anything; only surrounding space is dropped.</summary>
    Text,

    /// <summary>A phone number: digits, perhaps after a <c>+</c>. Spaces, dashes, dots and brackets are dropped.</summary>
    Tel,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>Digits. Spaces and dashes are dropped.</summary>
    Numeric,
}
