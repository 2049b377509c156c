using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SsoCibaMethod.Client;

/// <summary><c>client_secret_basic</c>: id and secret in the Authorization header, each form-encoded first (RFC 6749 §2.3.1).</summary>
/// <param name="secret">The client secret.</param>
public sealed class ClientSecretBasic(string secret) : ClientAuthentication
{
    /// <inheritdoc/>
    public override string Method => "client_secret_basic";

    internal override string Secret => secret;

    internal override void Apply(in Target target)
    {
        var credentials = $"{WebUtility.UrlEncode(target.ClientId)}:{WebUtility.UrlEncode(secret)}";
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials));
        target.Headers.Authorization = new AuthenticationHeaderValue("Basic", encoded);
        target.Form.Hide(secret);
        target.Form.Hide(encoded);
    }
}
