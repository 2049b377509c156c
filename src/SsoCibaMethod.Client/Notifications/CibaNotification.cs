namespace SsoCibaMethod.Client;

/// <summary>
/// What an OP told the client's notification endpoint: one of a closed set of cases (CIBA Core §10.2, §10.3, §12). That the bearer token of the call belongs
/// to this <c>auth_req_id</c> is for the caller to check first.
/// </summary>
public abstract record CibaNotification
{
    private CibaNotification()
    {
    }

    /// <summary>Names the case only: what it carries is confidential.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The largest notification that is read, in bytes: room for the longest <c>auth_req_id</c>, and in push mode for tokens.</summary>
    /// <param name="mode">How the client gets its tokens.</param>
    /// <returns>The limit; an endpoint need read no further.</returns>
    public static int MaximumSize(TokenDeliveryMode mode) => mode == TokenDeliveryMode.Push ? BackchannelHttp.MaximumAnswer : 16 * 1024;

    /// <summary>Reads the body of a notification strictly: one JSON object, no member twice, each of its type. Members it does not know are ignored.</summary>
    /// <param name="body">The body as it came.</param>
    /// <param name="mode">The mode the client is registered for; <see cref="TokenDeliveryMode.Poll"/> knows no notification.</param>
    /// <returns>What the OP says, or what is wrong with it.</returns>
    /// <exception cref="ArgumentException">The mode is poll.</exception>
    public static CibaNotification Read(ReadOnlyMemory<byte> body, TokenDeliveryMode mode) => mode switch
    {
        TokenDeliveryMode.Ping or TokenDeliveryMode.Push => CibaNotificationReader.Read(body, mode),
        _ => throw new ArgumentException("A client in poll mode gets no notifications (CIBA Core §5).", nameof(mode)),
    };

    /// <summary>A ping: the tokens, or the error, can be fetched at the token endpoint now (CIBA Core §10.2). It proves nothing by itself.</summary>
    /// <param name="AuthReqId">The request it is about. Confidential.</param>
    public sealed record Ping(string AuthReqId) : CibaNotification;

    /// <summary>A push: the user approved (CIBA Core §10.3.1). The tokens are to be validated as pushed ones (<see cref="IdTokenExpectation.IsPushed"/>).</summary>
    /// <param name="AuthReqId">The request it is about. Confidential.</param>
    /// <param name="TokenSet">The tokens as they came.</param>
    public sealed record Tokens(string AuthReqId, TokenSet TokenSet) : CibaNotification;

    /// <summary>A push: the request ended without tokens (CIBA Core §12). A code that is not known is an end too.</summary>
    /// <param name="AuthReqId">The request it is about. Confidential.</param>
    /// <param name="Error">The error.</param>
    public sealed record Refused(string AuthReqId, CibaError Error) : CibaNotification;

    /// <summary>The body breaks a rule of the protocol and tells nothing; an answer of 400 says so.</summary>
    /// <param name="Fault">What is wrong, naming the member and never its value, for a log.</param>
    public sealed record Malformed(string Fault) : CibaNotification;
}
