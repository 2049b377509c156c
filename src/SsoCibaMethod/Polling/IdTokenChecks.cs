using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Polling;

/// <summary>Asks the host's own checks about an ID token, each login in a scope of its own.</summary>
internal sealed class IdTokenChecks(IServiceScopeFactory scopes)
{
    /// <summary>Asks one check after the other, until one refuses.</summary>
    /// <returns>Why the token is refused; <see langword="null"/> where all accept.</returns>
    public async Task<string?> RefusalAsync(string scheme, IdTokenResult.Valid token, TokenSet tokens, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var check in scope.ServiceProvider.GetServices<IIdTokenCheck>())
        {
            // A copy each: what one check does to the claims is not what the next one judges.
            var context = new IdTokenCheckContext(scheme, token.Claims.DeepClone().AsObject(), tokens);
            if (await check.CheckAsync(context, stopping) is IdTokenCheckResult.Refused refused)
            {
                return $"{check.GetType().Name}: {refused.Reason}";
            }
        }

        return null;
    }
}
