using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary><c>private_key_jwt</c>: an assertion signed with the client's private key (OpenID Connect Core §9). The recommended method.</summary>
public sealed class PrivateKeyJwt : ClientAuthentication
{
    private readonly ClientAssertion _assertion;

    /// <summary>Creates the method.</summary>
    /// <param name="key">The key, for example from <see cref="PrivateKeyFile.Load"/>.</param>
    /// <param name="form">What the assertion looks like; by default as RFC 7523 and its update ask.</param>
    public PrivateKeyJwt(SigningCredentials key, ClientAssertionForm? form = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        SigningAlgorithm = key.Algorithm;
        _assertion = new ClientAssertion(key, form ?? new ClientAssertionForm());
    }

    /// <inheritdoc/>
    public override string Method => "private_key_jwt";

    /// <inheritdoc/>
    public override string SigningAlgorithm { get; }

    internal override void Apply(in Target target) => _assertion.AddTo(target);
}
