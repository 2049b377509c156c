using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator.Keys;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Requests;

/// <summary>Finds the account a hint names: exactly one of the three there are (CIBA Core §7.1).</summary>
internal sealed class HintResolver(CibaSimulatorOptions options, SigningKeys keys, TimeProvider time)
{
    private const string TokenType = "login-hint+jwt";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private static readonly (string Parameter, CibaSimulatorHint Kind)[] Hints =
    [
        ("login_hint", CibaSimulatorHint.LoginHint),
        ("login_hint_token", CibaSimulatorHint.LoginHintToken),
        ("id_token_hint", CibaSimulatorHint.IdTokenHint),
    ];

    public static ProtocolError? CountError(RequestParameters parameters) =>
        Hints.Count(hint => parameters.Has(hint.Parameter)) == 1 ? null
        : ProtocolError.InvalidRequest("There must be exactly one of login_hint, login_hint_token and id_token_hint.");

    /// <summary>A token in place of a login hint (CIBA Core §7.1): what is in it is the OP's own affair.</summary>
    public string CreateLoginHintToken(string loginHint, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = TokenType,
            IssuedAt = now,
            Expires = now + lifetime,
            Claims = new Dictionary<string, object> { ["login_hint"] = loginHint },
            SigningCredentials = keys.For(SecurityAlgorithms.EcdsaSha256),
        });
    }

    public async Task<(CibaSimulatorAccount? Account, string Hint, CibaSimulatorHint Kind, ProtocolError? Error)> ResolveAsync(
        RequestParameters parameters, CibaSimulatorClient client, string issuer)
    {
        var (parameter, kind) = Hints.Single(hint => parameters.Has(hint.Parameter));
        var text = parameters.Text(parameter);
        var (account, error) = kind switch
        {
            CibaSimulatorHint.LoginHint => (options.AccountOf(text ?? ""), null),
            CibaSimulatorHint.LoginHintToken => await OfLoginHintTokenAsync(text),
            _ => await OfIdTokenAsync(text, client, issuer),
        };
        error ??= account is null ? new("unknown_user_id", "The hint names nobody.")
            : account.Locked ? new("access_denied", "This account is locked.", StatusCodes.Status403Forbidden)
            : null;
        return (account, kind is CibaSimulatorHint.LoginHint ? text! : account?.Key ?? "", kind, error);
    }

    private async Task<(CibaSimulatorAccount? Account, ProtocolError? Error)> OfLoginHintTokenAsync(string? token)
    {
        if (StrictJwt.Parse(token) is not { IsCritical: false, Type: TokenType } jwt || !await jwt.IsSignedByAsync(keys.All, SigningKeys.Algorithms))
        {
            return (null, ProtocolError.InvalidRequest("The login_hint_token is not one of this OP."));
        }

        return jwt.Seconds("exp") is { } exp && exp > time.GetUtcNow().ToUnixTimeSeconds()
            ? (options.AccountOf(jwt.Text("login_hint") ?? ""), null)
            : (null, new("expired_login_hint_token", "The login_hint_token has expired."));
    }

    /// <summary>An ID token of ours for this client; that it has expired does not matter (CIBA Core §7.1).</summary>
    private async Task<(CibaSimulatorAccount? Account, ProtocolError? Error)> OfIdTokenAsync(string? token, CibaSimulatorClient client, string issuer)
    {
        var good = StrictJwt.Parse(token) is { IsCritical: false, Type: null or "JWT" } jwt
            && jwt.Text("iss") == issuer
            && jwt.Text("aud") == client.ClientId
            && await jwt.IsSignedByAsync(keys.All, SigningKeys.Algorithms)
            ? jwt
            : null;
        return good is null
            ? (null, ProtocolError.InvalidRequest("The id_token_hint is not an ID token of this OP for this client."))
            : (options.Accounts.FirstOrDefault(account => account.Subject == good.Text("sub")), null);
    }
}
