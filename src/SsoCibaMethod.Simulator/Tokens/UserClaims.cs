namespace SsoCibaMethod.Simulator.Tokens;

/// <summary>What a scope tells of a person (OpenID Connect Core §5.4), in the ID token and at the UserInfo endpoint.</summary>
internal static class UserClaims
{
    public static Dictionary<string, object> Of(CibaSimulatorAccount account, IReadOnlyList<string> scope)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = account.Subject };
        if (scope.Contains("profile"))
        {
            claims["name"] = account.Name;
        }

        if (scope.Contains("email") && account.Email is { } email)
        {
            claims["email"] = email;
            claims["email_verified"] = true;
        }

        return claims;
    }
}
