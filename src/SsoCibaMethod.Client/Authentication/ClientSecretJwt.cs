using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary><c>client_secret_jwt</c>: an assertion signed with the client secret (OpenID Connect Core §9).</summary>
public sealed class ClientSecretJwt : ClientAuthentication
{
    private readonly string _secret;
    private readonly ClientAssertion _assertion;

    /// <summary>Creates the method.</summary>
    /// <param name="secret">The client secret: at least as many bytes as the algorithm's hash, 32 for <c>HS256</c> (RFC 7518 §3.2).</param>
    /// <param name="algorithm"><c>HS256</c>, <c>HS384</c> or <c>HS512</c>.</param>
    /// <param name="form">What the assertion looks like; by default as RFC 7523 and its update ask.</param>
    /// <exception cref="ArgumentException">The algorithm is none of the three, or the secret is too short for it.</exception>
    public ClientSecretJwt(string secret, string algorithm = SecurityAlgorithms.HmacSha256, ClientAssertionForm? form = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        var least = algorithm switch
        {
            SecurityAlgorithms.HmacSha256 => 32,
            SecurityAlgorithms.HmacSha384 => 48,
            SecurityAlgorithms.HmacSha512 => 64,
            _ => throw new ArgumentException($"client_secret_jwt signs with HS256, HS384 or HS512, not with {algorithm}.", nameof(algorithm)),
        };
        var key = Encoding.UTF8.GetBytes(secret);
        if (key.Length < least)
        {
            throw new ArgumentException($"The client secret has {key.Length} bytes; {algorithm} needs at least {least} (RFC 7518 §3.2).", nameof(secret));
        }

        _secret = secret;
        SigningAlgorithm = algorithm;
        _assertion = new ClientAssertion(new SigningCredentials(new SymmetricSecurityKey(key), algorithm), form ?? new ClientAssertionForm());
    }

    /// <inheritdoc/>
    public override string Method => "client_secret_jwt";

    /// <inheritdoc/>
    public override string SigningAlgorithm { get; }

    internal override string Secret => _secret;

    internal override void Apply(in Target target)
    {
        target.Form.Hide(_secret);
        _assertion.AddTo(target);
    }
}
