namespace SsoCibaMethod.Client;

/// <summary>Whom an ID token given as hint is about. It is our own evidence of an earlier login, so its signature is not looked at again.</summary>
internal static class HintSubject
{
    /// <returns>The <c>sub</c>; <see langword="null"/> where there is no hint, or one that only the OP can read.</returns>
    public static string? Of(string? idTokenHint)
    {
        if (idTokenHint is null)
        {
            return null;
        }

        using var hint = CompactJwt.TryParse(idTokenHint);
        return hint is null ? null : ClaimValue.Text(hint.Payload, "sub");
    }
}
