namespace SsoCibaMethod.Simulator;

/// <summary>The ways to say who is meant (CIBA Core §7.1).</summary>
public enum CibaSimulatorHint
{
    /// <summary>A <c>login_hint</c>.</summary>
    LoginHint,

    /// <summary>A <c>login_hint_token</c>, see <see cref="CibaSimulator.CreateLoginHintToken"/>.</summary>
    LoginHintToken,

    /// <summary>An <c>id_token_hint</c>: an ID token the client was given before.</summary>
    IdTokenHint,
}
