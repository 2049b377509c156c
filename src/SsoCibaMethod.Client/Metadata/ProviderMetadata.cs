using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>What an OP says of itself, checked and fit for use (OpenID Connect Discovery §3, CIBA Core §4).</summary>
public sealed class ProviderMetadata
{
    /// <summary>The issuer identifier: what every ID token must name, to the letter.</summary>
    public required string Issuer { get; init; }

    /// <summary>Where authentication requests go; the OP's alias for mutual TLS where the client shows a certificate (RFC 8705 §5).</summary>
    public required Uri BackchannelAuthenticationEndpoint { get; init; }

    /// <summary>Where polls go; the OP's alias for mutual TLS where the client shows a certificate.</summary>
    public required Uri TokenEndpoint { get; init; }

    /// <summary>
    /// Where the user's claims are (OpenID Connect Core §5.3), the OP's alias for mutual TLS where the client shows a certificate;
    /// <see langword="null"/> where the OP names none that may be called.
    /// </summary>
    public Uri? UserInfoEndpoint { get; init; }

    /// <summary>Whether the OP takes a <c>user_code</c> (<c>backchannel_user_code_parameter_supported</c>).</summary>
    public required bool UserCodeSupported { get; init; }

    /// <summary>The algorithms the OP may sign ID tokens with; empty where it does not say.</summary>
    public required IReadOnlyList<string> IdTokenSigningAlgorithms { get; init; }

    /// <summary>The OP's public keys.</summary>
    public required IReadOnlyList<SecurityKey> SigningKeys { get; init; }

    /// <summary>The backchannel authentication endpoint by its own name: what an assertion may call its audience, which is never an alias (RFC 8705 §5).</summary>
    internal Uri? NamedBackchannelAuthenticationEndpoint { get; init; }

    /// <summary>The token endpoint by its own name.</summary>
    internal Uri? NamedTokenEndpoint { get; init; }
}

/// <summary>What came of reading an OP's metadata: one of a closed set of cases.</summary>
public abstract record ProviderMetadataResult
{
    private ProviderMetadataResult()
    {
    }

    /// <summary>Read and found fit.</summary>
    /// <param name="Metadata">The metadata.</param>
    public sealed record Usable(ProviderMetadata Metadata) : ProviderMetadataResult;

    /// <summary>Read, but it does not fit the client's settings or breaks a rule; trying again will not help until somebody mends it.</summary>
    /// <param name="Faults">Everything that is wrong, each a sentence.</param>
    public sealed record Mismatch(IReadOnlyList<string> Faults) : ProviderMetadataResult
    {
        /// <summary>The same as one text, for a log.</summary>
        public string Cause => string.Join(' ', Faults);
    }

    /// <summary>Could not be read this time.</summary>
    /// <param name="Cause">What happened, for a log.</param>
    public sealed record Unavailable(string Cause) : ProviderMetadataResult;
}
