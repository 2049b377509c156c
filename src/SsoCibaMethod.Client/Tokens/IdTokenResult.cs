using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>What came of validating an ID token: one of a closed set of cases.</summary>
public abstract record IdTokenResult
{
    private IdTokenResult()
    {
    }

    /// <summary>Every rule holds.</summary>
    /// <param name="Issuer">The <c>iss</c> claim.</param>
    /// <param name="Subject">The <c>sub</c> claim: with the issuer, the user's only key.</param>
    public sealed record Valid(string Issuer, string Subject) : IdTokenResult
    {
        /// <summary>All claims of the token.</summary>
        public JsonObject Claims { get; init; } = [];

        /// <summary>The signed token: the one that was validated, or the one inside where that was encrypted. Whoever gives it back as <c>id_token_hint</c> gives this one (CIBA Core §7.1).</summary>
        public string SignedToken { get; init; } = "";

        /// <summary>Names the case only: the subject is a person.</summary>
        /// <returns>The name of the case.</returns>
        public override string ToString() => nameof(Valid);
    }

    /// <summary>A rule is broken; the token proves nothing.</summary>
    /// <param name="Fault">Which rule.</param>
    /// <param name="Detail">What was found against what was expected, safe to log.</param>
    public sealed record Invalid(IdTokenFault Fault, string Detail) : IdTokenResult;

    /// <summary>The OP's keys could not be had, so nothing is known.</summary>
    /// <param name="Cause">What happened, for a log.</param>
    public sealed record Undecided(string Cause) : IdTokenResult;
}
