using System.Net.Http.Headers;

namespace SsoCibaMethod.Client;

/// <summary>How a client proves itself at the backchannel authentication and token endpoints: one method for both (CIBA Core §4).</summary>
public abstract class ClientAuthentication
{
    private protected ClientAuthentication()
    {
    }

    /// <summary>The registered name of the method, for example <c>private_key_jwt</c> (OpenID Connect Core §9).</summary>
    public abstract string Method { get; }

    /// <summary>The algorithm assertions are signed with; <see langword="null"/> where the method signs nothing.</summary>
    public virtual string? SigningAlgorithm => null;

    /// <summary>The client secret, for verifying ID tokens signed with it; <see langword="null"/> where there is none.</summary>
    internal virtual string? Secret => null;

    /// <summary>Whether the TLS handshake is the proof (RFC 8705 §2).</summary>
    internal virtual bool IsByCertificate => false;

    /// <summary>Whether the method has a client secret of so many bytes, which is what an ID token signed with it asks for (RFC 7518 §3.2).</summary>
    /// <param name="bytes">How many.</param>
    /// <returns>Whether there is a secret, and it is as long.</returns>
    public bool HasSecretOf(int bytes) => Secret is not null && System.Text.Encoding.UTF8.GetByteCount(Secret) >= bytes;

    internal abstract void Apply(in Target target);

    /// <summary>The request to be authenticated. Both addresses are the OP's own, never its aliases for mutual TLS: an assertion may name them.</summary>
    internal readonly record struct Target(
        string ClientId, string Issuer, Uri Endpoint, Uri TokenEndpoint, FormParameters Form, HttpRequestHeaders Headers, TimeProvider Time);
}
