namespace SsoCibaMethod;

/// <summary>The names the handler uses where nothing else is said.</summary>
public static class CibaDefaults
{
    /// <summary>The authentication scheme: <c>Ciba</c>.</summary>
    public const string AuthenticationScheme = "Ciba";

    /// <summary>What a menu of sign-in methods shows.</summary>
    public const string DisplayName = "CIBA";

    /// <summary>
    /// The parameter of a challenge that fills the hint field beforehand:
    /// <c>properties.SetParameter(CibaDefaults.LoginHintParameter, "alice")</c>. The user can change it.
    /// </summary>
    public const string LoginHintParameter = "login_hint";

    /// <summary>How the addresses of pages begin where nothing else is set.</summary>
    internal const string CallbackPathPrefix = "/signin-";

    internal static string CallbackPath(string scheme) => CallbackPathPrefix + scheme.ToLowerInvariant();
}
