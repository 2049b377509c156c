using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Resources;

/// <summary>Why a protected resource refuses (RFC 6750 §3, RFC 9449 §7.1): said in the challenge.</summary>
internal sealed record ResourceError(string? Code, string Reason, bool ByDPoP, int Status = StatusCodes.Status401Unauthorized)
{
    /// <summary>Gets the answer to a request without a token: how to bring one, and no error.</summary>
    public static readonly ResourceError Missing = new(null, "", ByDPoP: false);

    public static ResourceError InvalidToken(string reason, bool byDPoP) => new("invalid_token", reason, byDPoP);

    public Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        var error = Code is null ? "" : $"error=\"{Code}\", error_description=\"{Reason}\"";
        var dpop = $"DPoP {error}{(error.Length > 0 ? ", " : "")}algs=\"{string.Join(' ', ClientAuthenticationMethods.AsymmetricAlgorithms)}\"";
        var bearer = $"Bearer {error}".TrimEnd();
        response.StatusCode = Status;
        response.Headers.WWWAuthenticate = Code is null ? new[] { bearer, dpop } : ByDPoP ? dpop : bearer;
        Answer.NoStore(response);
        return Task.CompletedTask;
    }
}
