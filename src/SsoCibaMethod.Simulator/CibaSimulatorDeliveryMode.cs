namespace SsoCibaMethod.Simulator;

/// <summary>How a client learns what became of its request (CIBA Core §5): <c>backchannel_token_delivery_mode</c>.</summary>
public enum CibaSimulatorDeliveryMode
{
    /// <summary>It asks again and again.</summary>
    Poll,

    /// <summary>It is told that it may ask; it may ask anyway.</summary>
    Ping,

    /// <summary>It is sent the tokens and may not ask.</summary>
    Push,
}
