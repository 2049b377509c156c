namespace SsoCibaMethod;

/// <summary>What must hold of the login hint, above all that a registered method knows whose hint it is and whose approval counts.</summary>
internal static class LoginHintRules
{
    public static IEnumerable<string> Faults(CibaOptions options, Func<string, bool> isScheme) => options.LoginHint.Source switch
    {
        CibaLoginHintSource.Typed => TypedFaults(options.LoginHint),
        CibaLoginHintSource.Claim => ClaimFaults(options, isScheme),
        _ => [$"LoginHint:Source is \"{options.LoginHint.Source}\"; write typed or claim."],
    };

    private static IEnumerable<string> TypedFaults(CibaLoginHintOptions hint)
    {
        foreach (var (setting, value) in new[] { ("Scheme", hint.Scheme), ("Claim", hint.Claim), ("SubjectClaim", hint.SubjectClaim) })
        {
            if (value is not null)
            {
                yield return $"LoginHint:{setting} is set, but LoginHint:Source is typed; set LoginHint:Source to claim, or leave LoginHint:{setting} out.";
            }
        }

        if (hint.SubjectMatcher is not null)
        {
            yield return "LoginHint:SubjectMatcher is set, but LoginHint:Source is typed; set LoginHint:Source to claim, or leave it out.";
        }
    }

    private static IEnumerable<string> ClaimFaults(CibaOptions options, Func<string, bool> isScheme)
    {
        var hint = options.LoginHint;
        if (hint.Claim is null && hint.Provider is null)
        {
            yield return "LoginHint:Claim is missing; name the claim of the signed-in user that is the hint, or set LoginHint.Provider in code.";
        }

        if (hint.SubjectClaim is null && hint.SubjectMatcher is null)
        {
            yield return "LoginHint:SubjectClaim is missing; name the claim of the signed-in user that equals the OP's sub, or set LoginHint.SubjectMatcher in code: "
                + "without it, the approval of one person would confirm another.";
        }

        if (hint.Remember)
        {
            yield return "LoginHint:Remember is true, but LoginHint:Source is claim; leave it out, for there is nothing to type.";
        }

        if (hint.Scheme is { } scheme && !isScheme(scheme))
        {
            yield return $"LoginHint:Scheme is \"{scheme}\", which no scheme is called; name the scheme that knows the user, for example that of AddCookie().";
        }
    }
}
