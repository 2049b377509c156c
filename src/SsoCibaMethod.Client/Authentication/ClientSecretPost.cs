namespace SsoCibaMethod.Client;

/// <summary><c>client_secret_post</c>: id and secret among the parameters (OpenID Connect Core §9). Discouraged by RFC 6749 §2.3.1.</summary>
/// <param name="secret">The client secret.</param>
public sealed class ClientSecretPost(string secret) : ClientAuthentication
{
    /// <inheritdoc/>
    public override string Method => "client_secret_post";

    internal override string Secret => secret;

    internal override void Apply(in Target target)
    {
        target.Form.Ensure("client_id", target.ClientId);
        target.Form.AddConfidential("client_secret", secret);
    }
}
