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

    /// <summary>Where the page of a method that is gone has its files; no method can have its page there.</summary>
    internal const string ClosedPath = "/signin-ciba-closed";

    internal static string CallbackPath(string scheme) => "/signin-" + scheme.ToLowerInvariant();
}
