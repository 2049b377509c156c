using SsoCibaMethod.Client;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>A program that asks its users by the protocol client alone, step by step, against the OP over TLS.</summary>
internal sealed class DirectClient : IDisposable
{
    private readonly RealOp _op;
    private readonly HttpMessageInvoker _backchannel;

    private DirectClient(TlsOp tls, CibaClientSettings settings)
    {
        _op = tls.Op;
        _backchannel = new HttpMessageInvoker(BackchannelTransport.CreateHandler(new()
        {
            ClientCertificate = settings.ClientCertificate,
            TrustFile = tls.Authority.RootFile,
        }));
        var metadata = new ProviderMetadataSettings
        {
            ExpectedIssuer = _op.Issuer,
            MetadataAddress = new Uri($"{_op.Issuer}/.well-known/openid-configuration"),
            Client = settings,
        };
        Protocol = new CibaClient(settings, new ProviderMetadataSource(metadata, _backchannel), _backchannel);
    }

    public CibaClient Protocol { get; }

    /// <summary>Registers a client at the OP and makes its other half.</summary>
    public static async Task<DirectClient> RegisterAsync(TlsOp tls, RealOpClient registration, CibaClientSettings settings)
    {
        await tls.Op.AddClientAsync(registration);
        return new DirectClient(tls, settings);
    }

    /// <summary>Starts, lets the user approve, fetches the tokens and validates them.</summary>
    public async Task<DirectLogin> SignInAsync(BackchannelAuthenticationRequest request, string? subject = null)
    {
        var requestedAt = TimeProvider.System.GetUtcNow();
        var answer = await Protocol.StartAsync(request);
        var acknowledged = answer as BackchannelAuthenticationResponse.Acknowledged ?? throw new InvalidOperationException($"Instead of an acknowledgement: {answer}");
        var ringing = (await _op.RequestsAsync()).Single(one => one.AuthReqId == acknowledged.AuthReqId);
        await _op.ApproveAsync(ringing.Sub);
        var outcome = await Protocol.PollAsync(acknowledged.AuthReqId);
        var granted = outcome as TokenResponse.Granted ?? throw new InvalidOperationException($"Instead of tokens: {outcome}");
        var result = await Protocol.ValidateAsync(
            granted.Tokens, new IdTokenExpectation { AuthReqId = acknowledged.AuthReqId, RequestedAt = requestedAt, AcrValues = request.AcrValues, Subject = subject });
        return new(ringing, (await _op.SeenAsync()).Request(acknowledged.AuthReqId), granted.Tokens, result);
    }

    public void Dispose() => _backchannel.Dispose();
}

/// <summary>What came of one login.</summary>
/// <param name="Request">What the phone showed.</param>
/// <param name="Seen">What the OP saw of it.</param>
/// <param name="Tokens">What was granted.</param>
/// <param name="IdToken">What the ID token was found to be.</param>
internal sealed record DirectLogin(RealOpRequest Request, SeenRequest Seen, TokenSet Tokens, IdTokenResult IdToken)
{
    /// <summary>Who it was, by a valid ID token.</summary>
    public string Subject => Assert.IsType<IdTokenResult.Valid>(IdToken).Subject;
}
