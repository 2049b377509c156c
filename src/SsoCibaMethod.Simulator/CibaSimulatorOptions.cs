using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Simulator.Clients;
using SsoCibaMethod.Simulator.Requests;

namespace SsoCibaMethod.Simulator;

/// <summary>How the simulated OP behaves. Read at every request, so a change at run time takes effect with the next one.</summary>
public sealed class CibaSimulatorOptions
{
    /// <summary>Gets or sets the issuer identifier; by default it is the address under which the simulator was reached.</summary>
    public string? Issuer { get; set; }

    /// <summary>Gets the registered clients. None is registered by default.</summary>
    public IList<CibaSimulatorClient> Clients { get; } = [];

    /// <summary>Gets the accounts: <c>alice</c>, <c>bob</c> with the user code 1234 and <c>eve</c>, who is locked.</summary>
    public IList<CibaSimulatorAccount> Accounts { get; } =
    [
        new("alice", "alice@example.com") { Name = "Alice Aaltonen", Email = "alice@example.com" },
        new("bob", "bob@example.com") { Name = "Bob Berg", Email = "bob@example.com", UserCode = "1234" },
        new("eve", "eve@example.com") { Name = "Eve Eklund", Email = "eve@example.com", Locked = true },
    ];

    /// <summary>Gets or sets the <c>interval</c> of the acknowledgement told in seconds, rounded up; <see langword="null"/> leaves it out, which means 5 s.</summary>
    public TimeSpan? Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a request lives, in whole seconds; a shorter <c>requested_expiry</c> is granted.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how many of the next polls of a pending request are answered <c>slow_down</c>; each of them lowers it by one.</summary>
    public int SlowDownNextPolls { get; set; }

    /// <summary>Gets or sets how long the answer to a poll of a pending request is held back (long polling, CIBA Core §10.1).</summary>
    public TimeSpan LongPolling { get; set; }

    /// <summary>Gets or sets how long each acknowledgement is held back.</summary>
    public TimeSpan AcknowledgementDelay { get; set; }

    /// <summary>Gets or sets what carries notifications to the clients, say the handler of a test server; by default a plain connection that trusts what the machine trusts.</summary>
    public HttpMessageInvoker? NotificationHttp { get; set; }

    /// <summary>Gets the authorities whose client certificates <c>tls_client_auth</c> accepts, say <see cref="CibaSimulatorCertificates.Authority"/>. None by default.</summary>
    public X509Certificate2Collection ClientCertificateAuthorities { get; } = [];

    /// <summary>Gets or sets where the OP is reached with a client certificate; told in the metadata as <c>mtls_endpoint_aliases</c>.</summary>
    public CibaSimulatorMtlsAlias? MtlsAlias { get; set; }

    /// <summary>Gets or sets a value indicating whether each DPoP proof must hold a nonce the OP gave (RFC 9449 §8); each is good for five to ten minutes.</summary>
    public bool DPoPNonceRequired { get; set; }

    /// <summary>Gets or sets a value indicating whether the answer to a refresh token holds an ID token (OpenID Connect Core §12.2). A client has refresh tokens that asks for the scope <c>offline_access</c>.</summary>
    public bool IdTokenOnRefresh { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether user codes are announced in the metadata and asked for.</summary>
    public bool UserCodeSupported { get; set; } = true;

    /// <summary>Gets or sets how many characters a binding message may have.</summary>
    public int BindingMessageMaxLength { get; set; } = 200;

    /// <summary>Gets or sets a regular expression that the whole binding message must match; by default any text without control characters will do.</summary>
    public string? BindingMessagePattern { get; set; }

    /// <summary>Gets or sets the supported authentication context classes; the first is given to who asks for none of them.</summary>
    public IReadOnlyList<string> AcrValuesSupported { get; set; } = ["loa2", "loa3"];

    /// <summary>Gets or sets the algorithms by which requests may be signed (CIBA Core §7.1.1); with none, signed requests are not offered. ES256 and PS256 by default, as FAPI-CIBA wants.</summary>
    public IReadOnlyList<string> RequestSigningAlgorithms
    {
        get;
        set => field = value.All(ClientAuthenticationMethods.AsymmetricAlgorithms.Contains)
            ? value
            : throw new ArgumentException($"Requests are signed with {string.Join(", ", ClientAuthenticationMethods.AsymmetricAlgorithms)}.", nameof(value));
    } = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    /// <summary>Gets or sets the supported types of <c>authorization_details</c> (RFC 9396). Of a <c>payment_initiation</c> the phone shows the amount and the payee.</summary>
    public IReadOnlyList<string> AuthorizationDetailsTypes { get; set; } = [AuthorizationDetails.Payment];

    /// <summary>Gets or sets what decides about a request when it arrives; <see langword="null"/>, or its answer <see langword="null"/>, leaves it to the phone. Called inside the simulator's lock.</summary>
    public Func<CibaSimulatorRequest, CibaSimulatorDecision?>? DecideOnArrival { get; set; }

    internal TimeSpan EffectiveInterval => Interval ?? TimeSpan.FromSeconds(5);

    internal CibaSimulatorAccount? AccountOf(string loginHint) =>
        Accounts.FirstOrDefault(account => account.LoginHints.Contains(loginHint, StringComparer.OrdinalIgnoreCase));
}
