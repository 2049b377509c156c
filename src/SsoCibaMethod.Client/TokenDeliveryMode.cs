namespace SsoCibaMethod.Client;

/// <summary>How the OP delivers the outcome: what a client is registered for, exactly one (CIBA Core §5, <c>backchannel_token_delivery_mode</c>).</summary>
public enum TokenDeliveryMode
{
    /// <summary>The client asks the token endpoint again and again.</summary>
    Poll,

    /// <summary>The OP calls the client's notification endpoint when there is something to fetch; the client may poll as well (CIBA Core §10.2).</summary>
    Ping,

    /// <summary>The OP brings the tokens to the notification endpoint; the token endpoint is closed to such a client (CIBA Core §10.3, §11).</summary>
    Push,
}
