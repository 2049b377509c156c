using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod.PendingLogins;

/// <summary>Whom an ID token given as a hint is about: the answer must be about the same user, else one person's hint could sign another in.</summary>
internal static class HintSubject
{
    /// <returns>The <c>sub</c>; <see langword="null"/> for any other hint.</returns>
    /// <exception cref="InvalidOperationException">The token does not tell, which is a mistake of the program.</exception>
    public static string? Of(CibaLoginHint hint)
    {
        if (hint is not CibaLoginHint.IdToken { Value: var token })
        {
            return null;
        }

        // It is our own evidence of an earlier login; the OP verifies it, and its signature is not looked at again here.
        var subject = new JsonWebTokenHandler().CanReadToken(token) && Read(token) is { Length: > 0 } sub ? sub : null;
        return subject ?? throw new InvalidOperationException("The id_token_hint is no signed ID token with a sub; of one that was encrypted give the signed token inside.");
    }

    private static string? Read(string token)
    {
        try
        {
            return new JsonWebToken(token).Subject;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
