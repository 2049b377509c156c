using System.CommandLine;

namespace SsoCibaMethod.Cli;

/// <summary>The options of <c>ciba login</c>, the one list that help, documentation and reading share. A secret is never one of them: the process list shows the command line.</summary>
internal sealed class LoginOptions
{
    public const string SecretVariable = "CIBA_CLIENT_SECRET";
    public const string KeyPasswordVariable = "CIBA_KEY_PASSWORD";
    public const string CertificatePasswordVariable = "CIBA_CERTIFICATE_PASSWORD";

    public Option<string> Authority { get; } = new("--authority") { Description = "The OP's issuer address.", HelpName = "url", Required = true };

    public Option<string> ClientId { get; } = new("--client-id") { Description = "The client identifier that the OP registered.", HelpName = "id", Required = true };

    public Option<string?> Authentication { get; } = new Option<string?>("--client-authentication")
    {
        Description = "How the client proves itself. By default what the files given are for: tls_client_auth for a certificate, private_key_jwt for a key, client_secret_basic for a secret.",
        HelpName = "method",
    }.AcceptOnlyFromAmong("client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");

    public Option<string?> Certificate { get; } = new("--certificate")
    {
        Description = $"The client certificate with its key, PFX or PEM; its password in the environment variable {CertificatePasswordVariable}. Access tokens are then bound to it.",
        HelpName = "file",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"The client's private key, PEM, PFX or JWK; its password in {KeyPasswordVariable}.",
        HelpName = "file",
    };

    public Option<string?> KeyId { get; } = new("--key-id") { Description = "The key's id at the OP.", HelpName = "id" };

    public Option<string?> Algorithm { get; } = new("--algorithm") { Description = "What the key signs with; ES256 by default, HS256 for client_secret_jwt.", HelpName = "alg" };

    public Option<string?> SecretFile { get; } = new("--client-secret-file") { Description = $"A file that holds the client secret; or the environment variable {SecretVariable}.", HelpName = "file" };

    public Option<string?> Trust { get; } = new("--trust") { Description = "The CA certificates (PEM) that the OP's own must come from; by default those of the system.", HelpName = "file" };

    public Option<bool> SignRequest { get; } = new("--sign-request") { Description = "Signs the authentication request with the key." };

    public Option<bool> DPoP { get; } = new("--dpop") { Description = "Binds the access token to a fresh key (DPoP)." };

    public Option<string[]> IdTokenAlgorithms { get; } = new("--id-token-algorithm")
    {
        Description = "What the OP may sign ID tokens with; RS256 by default. May be repeated.",
        HelpName = "alg",
    };

    public Option<string?> LoginHint { get; } = new("--login-hint", "-u") { Description = "Who is asked, in a form the OP knows.", HelpName = "hint" };

    public Option<string?> LoginHintTokenFile { get; } = new("--login-hint-token-file") { Description = "A file that holds a login_hint_token, in place of --login-hint.", HelpName = "file" };

    public Option<string?> IdTokenHintFile { get; } = new("--id-token-hint-file") { Description = "A file that holds an earlier ID token of the user, in place of --login-hint.", HelpName = "file" };

    public Option<string[]> Scope { get; } = new("--scope") { Description = "The scopes asked for; openid is always among them. May be repeated.", HelpName = "scope" };

    public Option<string[]> AcrValues { get; } = new("--acr") { Description = "An authentication context class asked for, best first, and enforced. May be repeated.", HelpName = "acr" };

    public Option<string?> BindingMessage { get; } = new("--binding-message") { Description = "The text shown here and on the phone; a fresh code by default.", HelpName = "text" };

    public Option<int?> RequestedExpiry { get; } = new("--requested-expiry") { Description = "How many seconds the request should live; the OP may choose otherwise.", HelpName = "seconds" };

    public Option<LoginOutput> Output { get; } = new("--output", "-o")
    {
        Description = "What is written to standard output when the user has approved: nothing, the claims of the ID token, or the whole token response as JSON.",
        DefaultValueFactory = _ => LoginOutput.None,
    };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Shows no progress; what goes wrong is still said on standard error." };

    public IEnumerable<Option> All =>
    [
        Authority, ClientId, Authentication, Certificate, Key, KeyId, Algorithm, SecretFile, Trust, SignRequest, DPoP, IdTokenAlgorithms,
        LoginHint, LoginHintTokenFile, IdTokenHintFile, Scope, AcrValues, BindingMessage, RequestedExpiry, Output, Quiet,
    ];
}

/// <summary>What is written when the user has approved.</summary>
internal enum LoginOutput
{
    None,
    Claims,
    Tokens,
}
