using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;
using Microsoft.AspNetCore.Http;
using SsoCibaMethod.Client;

namespace SsoCibaMethod;

/// <summary>
/// The settings of one method: one authentication scheme that signs people in by CIBA. Each can be set in code, in the section
/// <c>Authentication:Schemes:{scheme}</c>, or in <c>config/ciba.json</c>; the names are the same everywhere.
/// </summary>
public class CibaOptions : RemoteAuthenticationOptions
{
    /// <summary>Sets the defaults.</summary>
    public CibaOptions()
    {
        BackchannelTimeout = TimeSpan.FromSeconds(40);
        RemoteAuthenticationTimeout = TimeSpan.FromMinutes(15);
        CorrelationCookie.SameSite = SameSiteMode.Lax;
        CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        Events = new CibaEvents();
        foreach (var claim in new[] { "iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "jti", "at_hash", "sid" })
        {
            ClaimActions.DeleteClaim(claim);
        }

        ClaimActions.DeleteClaim("urn:openid:params:jwt:claim:auth_req_id");
        ClaimActions.DeleteClaim("urn:openid:params:jwt:claim:rt_hash");
    }

    /// <summary>Whether the method takes logins; <see langword="true"/> by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What a menu of sign-in methods and the page call this method; the scheme's name by default.</summary>
    public string? DisplayName { get; set; }

    /// <summary>
    /// The OP by its name: <c>auth0</c>, <c>cidaas</c>, <c>curity</c>, <c>duende</c>, <c>keycloak</c>, <c>pingfederate</c>, <c>pingone</c> or <c>ubisecure</c>.
    /// What that OP is known to need is filled in where nothing else is set.
    /// </summary>
    public string? Profile { get; set; }

    /// <summary>The OP's issuer identifier, an https address; the discovery document is found below it. Give this, <see cref="MetadataAddress"/> or <see cref="ProviderMetadata"/>.</summary>
    public string? Authority { get; set; }

    /// <summary>The address of the discovery document, where it does not follow from <see cref="Authority"/>.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>A discovery document on disk, instead of the network.</summary>
    public string? ProviderMetadata { get; set; }

    /// <summary>The OP's key set on disk, instead of the document's <c>jwks_uri</c>.</summary>
    public string? ProviderJwks { get; set; }

    /// <summary>Addresses that replace those of the discovery document.</summary>
    public CibaEndpointOptions Endpoints { get; } = new();

    /// <summary>The client identifier at the OP.</summary>
    public string? ClientId { get; set; }

    /// <summary>The client secret, for the methods that have one. Better kept in <see cref="ClientSecretFile"/> than in a settings file.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file that holds the client secret and nothing else.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>How the client proves itself to the OP.</summary>
    public CibaClientAuthenticationOptions ClientAuthentication { get; } = new();

    /// <summary>Signed authentication requests; off by default.</summary>
    public CibaRequestSigningOptions RequestSigning { get; } = new();

    /// <summary>Access tokens bound to a key; off by default.</summary>
    public CibaDPoPOptions DPoP { get; } = new();

    /// <summary>A PEM file with the root certificates of a private OP; no other root is trusted then. By default the machine's own roots are.</summary>
    public string? BackchannelTrust { get; set; }

    /// <summary>Whether it is asked if the OP's certificate was revoked; the platform's habit by default. An answer that cannot be had is a no.</summary>
    public X509RevocationMode? BackchannelRevocation { get; set; }

    /// <summary>A client registration document on disk (RFC 7591 names); it fills what the other settings leave out.</summary>
    public string? ClientMetadata { get; set; }

    /// <summary>The scopes asked for; <c>openid</c> by default and always among them.</summary>
    public IList<string> Scope { get; set; } = ["openid"];

    /// <summary>
    /// How the OP delivers the outcome, which must be what the client is registered for (CIBA Core §5); <see cref="TokenDeliveryMode.Poll"/> by default.
    /// For ping and push the OP calls <c>{callback path}/notification</c>, which must be registered there as the client's notification endpoint.
    /// </summary>
    public TokenDeliveryMode TokenDeliveryMode
    {
        get => TokenDeliveryModeSet ?? TokenDeliveryMode.Poll;
        set => TokenDeliveryModeSet = value;
    }

    /// <summary>Whom the OP asks, and how this application knows.</summary>
    public CibaLoginHintOptions LoginHint { get; } = new();

    /// <summary>How the login page looks and where it leads.</summary>
    public CibaPageOptions Page { get; } = new();

    /// <summary>Limits on starting; on by default.</summary>
    public CibaStartLimitOptions StartLimits { get; } = new();

    /// <summary>When a burst of declines or of unknown users is told of.</summary>
    public CibaSecurityEventOptions SecurityEvents { get; } = new();

    /// <summary>
    /// Whether the page behaves the same for a user the OP does not know as for one who does not answer; <see langword="false"/> by default. Then nobody learns from the page who has an
    /// account, and who mistypes a name learns of it late. A user code is then asked for together with the hint, and every login is shown as waiting for <see cref="RequestedExpiry"/>,
    /// without it for 5 minutes, whatever the OP gives.
    /// </summary>
    public bool UniformOutcome { get; set; }

    /// <summary>Whether the user may be asked for a user code, where the OP offers that (CIBA Core §7.1.2); <see langword="true"/> by default.</summary>
    public bool UserCode
    {
        get => UserCodeSet ?? true;
        set => UserCodeSet = value;
    }

    /// <summary>
    /// Which text the user reads when the OP answers an error, by the error's code: <c>USER_NOT_FOUND</c> (for the answer to the request only), <c>LOGIN_CANCEL</c>,
    /// <c>LOGIN_EXPIRED</c>, <c>LOGIN_UNAVAILABLE</c> or <c>LOGIN_FAILED</c>. For an OP that uses a code in a sense of its own.
    /// </summary>
    public IDictionary<string, string> ErrorTexts { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Further members of the request, for an OP that knows more than the specification; each is sent with the JSON type it has. A name that is a setting of its own is a fault.
    /// </summary>
    public JsonObject RequestParameters { get; set; } = [];

    /// <summary>The protected resources the tokens are for: absolute addresses without fragment (RFC 8707).</summary>
    public IList<string> Resources { get; set; } = [];

    /// <summary>What exactly the user is asked to allow (RFC 9396 §2): objects with a <c>type</c> each.</summary>
    public JsonArray? AuthorizationDetails { get; set; }

    /// <summary>What is known of the device the request comes from, for the OP's own judgement (FAPI-CIBA, <c>request_context</c>).</summary>
    public JsonObject? RequestContext { get; set; }

    /// <summary>The algorithms an ID token may be signed with; empty means what <see cref="ClientMetadata"/> says, else <c>RS256</c>.</summary>
    public IList<string> IdTokenSigningAlgorithms { get; set; } = [];

    /// <summary>Encrypted ID tokens; none by default.</summary>
    public CibaIdTokenDecryptionOptions IdTokenDecryption { get; } = new();

    /// <summary>How long the OP should let the user decide, in whole seconds; the OP's own choice by default.</summary>
    public TimeSpan? RequestedExpiry { get; set; }

    /// <summary>The authentication context classes asked for, best first; if any, the ID token must name one of them.</summary>
    public IList<string> AcrValues { get; set; } = [];

    /// <summary>
    /// The context classes that satisfy where <see cref="AcrValues"/> are those asked for, each to the letter; empty, the default, means those asked for. For an OP to
    /// which they say how to ask, a device for example, and whose <c>acr</c> says something else. A challenge or an event that asks for others accepts those alone,
    /// unless it says otherwise itself.
    /// </summary>
    public IList<string> AcceptedAcrValues { get; set; } = [];

    /// <summary>By how much the OP's clock may differ from this machine's; 60 seconds by default, 5 minutes at most.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest a pending login lives, whatever the OP says; 15 minutes by default. The same as <see cref="RemoteAuthenticationOptions.RemoteAuthenticationTimeout"/>.</summary>
    public TimeSpan MaximumLifetime
    {
        get => RemoteAuthenticationTimeout;
        set => RemoteAuthenticationTimeout = value;
    }

    /// <summary>How often the OP is asked where it does not say itself.</summary>
    public CibaPollingOptions Polling { get; } = new();

    /// <summary>The text shown on both devices.</summary>
    public CibaBindingMessageOptions BindingMessage { get; } = new();

    /// <summary>
    /// Whether the OP is asked for more claims of the user (OpenID Connect Core §5.3) before the login counts as approved; <see langword="false"/> by default. They become
    /// claims of the user beside those of the ID token, which win. A login without them fails: at once where they are refused or about somebody else, after about a minute where the OP is in trouble.
    /// </summary>
    public bool GetClaimsFromUserInfoEndpoint { get; set; }

    /// <summary>
    /// Turns claims of the ID token, and of the userinfo endpoint where that is asked, into claims of the user; the protocol's own (<c>iss</c>, <c>aud</c>, <c>exp</c>…)
    /// are left out by default.
    /// </summary>
    public ClaimActionCollection ClaimActions { get; } = [];

    /// <summary>Whether claims get the long names of WS-Federation; <see langword="false"/> by default: claims keep the names of the ID token.</summary>
    public bool MapInboundClaims { get; set; }

    /// <summary>The claim that becomes the user's name; <c>name</c> by default.</summary>
    public string NameClaimType { get; set; } = "name";

    /// <summary>The claim that holds the user's roles; <c>roles</c> by default.</summary>
    public string RoleClaimType { get; set; } = "roles";

    /// <summary>What a host may do on the way of a login.</summary>
    public new CibaEvents Events
    {
        get => (CibaEvents)base.Events;
        set => base.Events = value;
    }

    /// <summary>The delivery mode where one was set.</summary>
    internal TokenDeliveryMode? TokenDeliveryModeSet { get; set; }

    /// <summary>Whether to ask for user codes, where that was set.</summary>
    internal bool? UserCodeSet { get; set; }

    /// <summary>The files that are read with the settings, as they stood before they were read.</summary>
    internal IReadOnlyDictionary<string, FileStamp> FilesSeen { get; set; } = new Dictionary<string, FileStamp>();

    /// <summary>The files that whoever uses them looks at again, as they stood then.</summary>
    internal IReadOnlyDictionary<string, FileStamp> FilesOfUsers { get; set; } = new Dictionary<string, FileStamp>();

    /// <summary>Faults found while settings were read as text; the validator reports them with its own.</summary>
    internal List<string> BindingFaults { get; } = [];

    /// <summary>Where the page of this method was before, as long as logins that began there may be under way.</summary>
    internal IReadOnlyList<PathString> FormerCallbackPaths { get; set; } = [];

    /// <summary>The same settings of a method that takes no login any more.</summary>
    internal CibaOptions SwitchedOff()
    {
        var copy = (CibaOptions)MemberwiseClone();
        copy.Enabled = false;
        copy.FormerCallbackPaths = [];
        return copy;
    }

    /// <summary>Nothing is checked here: the framework stops at the first fault it meets. All faults are found, and told at once, by the options' validator.</summary>
    public override void Validate()
    {
    }

    /// <inheritdoc cref="Validate()"/>
    /// <param name="scheme">The scheme.</param>
    public override void Validate(string scheme)
    {
    }
}
