using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>
/// Authentication requests travel as a signed JWT (CIBA Core §7.1.1, RFC 9101): nobody between here and the OP can change one. It does not replace client authentication.
/// </summary>
public sealed record RequestSigning
{
    private static readonly TimeSpan LeastLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostLifetime = TimeSpan.FromMinutes(60);

    /// <summary>Creates the setting.</summary>
    /// <param name="key">The private key, for example from <see cref="PrivateKeyFile.Load"/>; give it an id where the client publishes several (OpenID Connect Core §10.1).</param>
    /// <exception cref="ArgumentException">The algorithm is not an asymmetric one of RFC 7518 (CIBA Core §7.1.1 allows no other).</exception>
    public RequestSigning(SigningCredentials key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!AsymmetricAlgorithms.Contains(key.Algorithm) || key.Key is SymmetricSecurityKey)
        {
            throw new ArgumentException($"Requests are signed with a private key: {AsymmetricAlgorithms.All}; not with {key.Algorithm} (CIBA Core §7.1.1).", nameof(key));
        }

        Key = key;
    }

    /// <summary>The private key.</summary>
    public SigningCredentials Key { get; }

    /// <summary>How long a signed request is good for; 5 minutes by default, a minute at least and an hour at most (FAPI 1.0 part 2 §5.2.2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less or more than that.</exception>
    public TimeSpan Lifetime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastLifetime);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostLifetime);
            field = value;
        }
    }
    = TimeSpan.FromMinutes(5);

    /// <summary>Names the setting only.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(RequestSigning);
}
