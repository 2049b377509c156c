namespace SsoCibaMethod;

/// <summary>
/// A host's own check of an ID token that has passed every rule of the protocol: a claim, a trust framework, whatever a profile or a contract asks for beyond them.
/// Add any number of them as services, singleton or scoped; all must accept.
/// </summary>
/// <remarks>
/// It runs where the OP's answer arrives, perhaps when no browser is there, and on any node; so it has no <c>HttpContext</c>. What concerns the user's browser,
/// such as adding claims, belongs to <see cref="CibaEvents.OnTokenValidated"/>. A check that throws refuses.
/// </remarks>
public interface IIdTokenCheck
{
    /// <summary>Judges an ID token. A refusal ends the login as failed, and nothing more is sent to the OP for it.</summary>
    /// <param name="context">The token's claims and what came with it.</param>
    /// <param name="cancellationToken">That the host stops.</param>
    /// <returns>Accepted, or why not.</returns>
    ValueTask<IdTokenCheckResult> CheckAsync(IdTokenCheckContext context, CancellationToken cancellationToken);
}
