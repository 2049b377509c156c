using System.Net;
using System.Text;

namespace SsoCibaMethod.Client;

/// <summary><c>client_secret_basic</c>: id and secret in the Authorization header, each form-encoded first (RFC 6749 §2.3.1).</summary>
/// <param name="secret">The client secret.</param>
public sealed class ClientSecretBasic(string secret) : ClientAuthentication
{
    /// <inheritdoc/>
    public override string Method => "client_secret_basic";

    internal override string Secret => secret;

    // Made once: a client has one id.
    private Credentials? _credentials;

    internal override void Apply(in Target target)
    {
        var credentials = _credentials;
        if (credentials?.ClientId != target.ClientId)
        {
            _credentials = credentials = Credentials.Of(target.ClientId, secret);
        }

        _ = target.Headers.TryAddWithoutValidation("Authorization", credentials.Header);
        target.Form.Hide(secret);
        target.Form.Hide(credentials.Encoded);
    }

    private sealed record Credentials(string ClientId, string Encoded)
    {
        public string Header { get; } = $"Basic {Encoded}";

        public static Credentials Of(string clientId, string secret) =>
            new(clientId, Convert.ToBase64String(Encoding.ASCII.GetBytes($"{WebUtility.UrlEncode(clientId)}:{WebUtility.UrlEncode(secret)}")));
    }
}
