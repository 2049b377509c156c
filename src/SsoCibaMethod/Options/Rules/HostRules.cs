namespace SsoCibaMethod;

/// <summary>What must hold of the method's place in the application.</summary>
internal static class HostRules
{
    public static IEnumerable<string> Faults(string scheme, CibaOptions options, Func<string, bool> isScheme)
    {
        if (options.Backchannel is not null)
        {
            yield return "Backchannel is set; leave it, for each method has an HTTP client of its own. Set BackchannelHttpHandler instead.";
        }

        if (options.CallbackPath.Value is null or "" || options.CallbackPath.Value.EndsWith('/'))
        {
            yield return $"CallbackPath is \"{options.CallbackPath}\"; write a path below the root that does not end in /, for example /signin-ciba.";
        }
        else if (options.CallbackPath.StartsWithSegments(CibaDefaults.ClosedPath))
        {
            yield return $"CallbackPath is \"{options.CallbackPath}\", where the page of a method that is gone has its files; choose another path.";
        }

        if (options.SignInScheme is null)
        {
            yield return "SignInScheme is missing; call AddCookie() and name its scheme as the default (AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)), or set SignInScheme.";
        }
        else if (options.SignInScheme == scheme)
        {
            yield return "SignInScheme is this method itself; name the scheme that keeps the user signed in, for example that of AddCookie().";
        }
        else if (!isScheme(options.SignInScheme))
        {
            yield return $"SignInScheme is \"{options.SignInScheme}\", which no scheme is called; add it, for example by AddCookie(\"{options.SignInScheme}\").";
        }
    }
}
