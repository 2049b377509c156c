using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Simulator.Proofs;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Clients;

/// <summary>Who is calling? The client must use its registered method and no other beside it (RFC 6749 §2.3, CIBA Core §7.1).</summary>
internal sealed class ClientAuthenticator(CibaSimulatorOptions options, TimeProvider time)
{
    private readonly ReplayGuard _assertions = new();

    public async Task<(CibaSimulatorClient? Client, ProtocolError? Error)> AuthenticateAsync(HttpContext context, ProtocolForm form, string issuer)
    {
        string? header = context.Request.Headers.Authorization;
        var asserted = form.Has("client_assertion") || form.Has("client_assertion_type");
        var used = (header is null ? 0 : 1) + (form.Has("client_secret") ? 1 : 0) + (asserted ? 1 : 0);
        if (used > 1)
        {
            return (null, ProtocolError.InvalidRequest("The client authenticates in more than one way."));
        }

        var (client, fault) = header is not null ? Basic(header)
            : asserted ? await JwtAsync(form, issuer)
            : form.Has("client_secret") ? Post(form)
            : form.Has("client_id") ? await TlsAsync(context, form["client_id"]!)
            : (null, "The client does not authenticate.");
        if (fault is null && form["client_id"] is { } id && id != client!.ClientId)
        {
            fault = "The client_id names another client.";
        }

        return fault is null
            ? (client, null)
            : (null, ProtocolError.InvalidClient(fault) with { Challenge = header is not null });
    }

    private (CibaSimulatorClient? Client, string? Fault) Basic(string header) =>
        BasicCredentials.Parse(header) is { } credentials
            ? Secret(credentials.ClientId, credentials.Secret, ClientAuthenticationMethods.ClientSecretBasic)
            : (null, "The Authorization header is not one of the Basic scheme.");

    private (CibaSimulatorClient? Client, string? Fault) Post(ProtocolForm form) =>
        Secret(form["client_id"], form["client_secret"]!, ClientAuthenticationMethods.ClientSecretPost);

    private (CibaSimulatorClient? Client, string? Fault) Secret(string? clientId, string secret, string method)
    {
        var (client, fault) = Find(clientId, method);
        if (fault is null
            && (client!.Secret is not { } registered
                || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(registered), Encoding.UTF8.GetBytes(secret))))
        {
            fault = "The client secret is wrong.";
        }

        return (client, fault);
    }

    private async Task<(CibaSimulatorClient? Client, string? Fault)> JwtAsync(ProtocolForm form, string issuer)
    {
        if (form["client_assertion_type"] != ClientAssertion.Type)
        {
            return (null, "The client_assertion_type is not that of a JWT.");
        }

        if (ClientAssertion.Parse(form["client_assertion"]) is not { } assertion)
        {
            return (null, "The client_assertion is not a JWT.");
        }

        var now = time.GetUtcNow();
        var (client, fault) = Find(
            assertion.Subject, ClientAuthenticationMethods.PrivateKeyJwt, ClientAuthenticationMethods.ClientSecretJwt);
        fault ??= await assertion.FaultAsync(client!, issuer, now);

        // Last, so that what somebody else made up cannot use up the jti of a good assertion.
        if (fault is null && !_assertions.IsFirstUse(client!.ClientId, assertion.Jti, assertion.Expires, now))
        {
            fault = "The assertion has been used before.";
        }

        return (client, fault);
    }

    /// <summary>By the certificate of the connection; the client_id says whose it should be (RFC 8705 §2).</summary>
    private async Task<(CibaSimulatorClient? Client, string? Fault)> TlsAsync(HttpContext context, string clientId)
    {
        var (client, fault) = Find(clientId, ClientAuthenticationMethods.TlsClientAuth, ClientAuthenticationMethods.SelfSignedTlsClientAuth);
        fault ??= ClientCertificateRules.Fault(await ClientCertificate.OfAsync(context), client!, options, time.GetUtcNow());
        return (client, fault);
    }

    private (CibaSimulatorClient? Client, string? Fault) Find(string? clientId, params ReadOnlySpan<string> methods)
    {
        var client = options.Clients.FirstOrDefault(candidate => candidate.ClientId == clientId);
        if (client?.Incomplete is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        return client is null ? (null, "The client is unknown.")
            : methods.Contains(client.AuthenticationMethod) ? (client, null)
            : (client, "The client is registered for another way to authenticate.");
    }
}
