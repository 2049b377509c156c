namespace SsoCibaMethod.PendingLogins;

/// <summary>Where a hint came from and what it is; only what was typed may be shown again.</summary>
internal enum HintKind
{
    /// <summary>Typed by the user.</summary>
    Typed,

    /// <summary>A plain hint that the host knows.</summary>
    Given,

    /// <summary>A <c>login_hint_token</c>.</summary>
    LoginHintToken,

    /// <summary>An <c>id_token_hint</c>.</summary>
    IdToken,
}
