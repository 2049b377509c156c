namespace SsoCibaMethod.Client;

/// <summary>How a client learns that the user has decided: each client is registered for one way (CIBA Core §5).</summary>
public enum TokenDeliveryMode
{
    /// <summary>The client asks the token endpoint again and again.</summary>
    Poll,

    /// <summary>The OP calls the client when there is something to fetch; the client then asks the token endpoint.</summary>
    Ping,

    /// <summary>The OP sends the tokens to the client; the token endpoint is not asked.</summary>
    Push,
}
