using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Client;
using SsoCibaMethod.Diagnostics;
using SsoCibaMethod.Pages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Methods;

/// <summary>
/// One method as it stands: its settings and the client made from them. Never changed, only replaced; a login under way keeps the one it began with.
/// A method with faults is there too, so that its page can say that it is switched off.
/// </summary>
internal sealed class CibaMethod
{
    private readonly CibaClient? _client;
    private readonly string? _issuerBySettings;

    private CibaMethod(string scheme, CibaOptions options, CibaClient? client, IReadOnlyList<string> faults, string? issuerBySettings = null)
    {
        Scheme = scheme;
        Options = options;
        _client = client;
        _issuerBySettings = issuerBySettings;
        Faults = faults;
        Look = new PageLook(options.Page);
        PollSettings = PollSettingsFor(options.RequestedExpiry);
    }

    public string Scheme { get; }

    public CibaOptions Options { get; }

    /// <summary>Why the method is switched off; empty where it works.</summary>
    public IReadOnlyList<string> Faults { get; }

    public PollSettings PollSettings { get; }

    /// <summary>The page's own files.</summary>
    public PageLook Look { get; }

    /// <summary>Whether the method takes logins: switched on, without faults, and not at odds with what its OP says of itself.</summary>
    public bool IsOpen => Options.Enabled && _client is not null && _client.Provider.Last is not ProviderMetadataResult.Mismatch;

    /// <summary>Whether there is a client, so that logins under way can go on.</summary>
    public bool HasClient => _client is not null;

    /// <summary>Whether other settings have taken the place of these, or none: only logins that began with them go on.</summary>
    public bool IsRetired { get; private init; }

    /// <summary>The client certificate, opened.</summary>
    public ClientCertificateFile? Certificate { get; private init; }

    /// <summary>Which OP and client a login of this method began with, for its record; 0 where the issuer is not known yet.</summary>
    public int ClientFingerprint => Issuer is { } issuer && Options.ClientId is { } clientId ? PendingLogins.ClientFingerprint.Of(issuer, clientId) : 0;

    /// <summary>The OP's issuer: by its metadata as they could be used last, before that by the settings; <see langword="null"/> where neither says it.</summary>
    public string? Issuer => _client?.Provider.LastUsable?.Issuer ?? _issuerBySettings;

    public CibaClient Client => _client ?? throw new InvalidOperationException($"The method {Scheme} is switched off.");

    /// <summary>The public keys the OP may fetch; <see langword="null"/> where faults are in the way.</summary>
    public PublishedKeys? Keys { get; private init; }

    public string DisplayName => Options.DisplayName ?? Scheme;

    /// <summary>How a login polls that asked for this expiry: whatever the OP says, it lives no longer.</summary>
    public PollSettings PollSettingsFor(TimeSpan? requestedExpiry) => new PollSettings
    {
        Interval = Options.Polling.Interval,
        IntervalIncrease = Options.Polling.IntervalIncrease,
        MaximumLifetime = requestedExpiry < Options.MaximumLifetime ? requestedExpiry.Value : Options.MaximumLifetime,
    }.For(Options.TokenDeliveryMode);

    /// <summary>Reads the OP's metadata where it is not known yet who the OP is.</summary>
    /// <returns>Why <see cref="Issuer"/> is still not known; <see langword="null"/> where it is.</returns>
    public async ValueTask<string?> LearnIssuerAsync(CancellationToken cancellationToken) => Issuer is not null
        ? null
        : TroubleOf(await Client.Provider.GetAsync(cancellationToken));

    /// <summary>What hinders the use of an OP's metadata, if anything does.</summary>
    public static string? TroubleOf(ProviderMetadataResult? metadata) => metadata switch
    {
        ProviderMetadataResult.Mismatch { Cause: var cause } => cause,
        ProviderMetadataResult.Unavailable { Cause: var cause } => cause,
        _ => null,
    };

    /// <summary>Whether a fingerprint is that of this OP and this client; <see langword="null"/> as long as it is not known who the OP is.</summary>
    public bool? HasFingerprint(int fingerprint) => fingerprint == 0 ? true : ClientFingerprint is var own and not 0 ? own == fingerprint : null;

    /// <summary>Whether a login began with this OP and this client, as far as that is known.</summary>
    public bool IsClientOf(PendingLogin login) => HasClient && HasFingerprint(login.Details.ClientFingerprint) != false;

    /// <summary>Whether a login can go on by these settings: it began with this client, and in the same way of knowing whom to ask.</summary>
    public bool Began(PendingLogin login) => IsClientOf(login) && (Options.LoginHint.Source == CibaLoginHintSource.Claim) == login.Details.LocalUser is not null;

    /// <summary>The same method closed to new logins; those under way go on with its client, keys and metadata.</summary>
    public CibaMethod Retire() => IsRetired || !HasClient
        ? this
        : new CibaMethod(Scheme, Options.SwitchedOff(), _client, [], _issuerBySettings) { Keys = Keys, Certificate = Certificate, IsRetired = true };

    public static CibaMethod SwitchedOff(string scheme, CibaOptions options, IReadOnlyList<string> faults) => new(scheme, options, null, faults);

    /// <summary>Makes a method of settings without fault.</summary>
    public static CibaMethod Create(string scheme, CibaOptions options, TimeProvider time, ILogger logger)
    {
        var certificate = Made(ClientCertificateFactory.TryCreate(options, time, out var fault, logger, scheme), fault);
        var settings = new CibaClientSettings
        {
            ClientId = options.ClientId!,
            Authentication = ClientAuthenticationFactory.TryCreate(options, out fault)
                ?? throw new InvalidOperationException(fault),
            TokenDeliveryMode = options.TokenDeliveryMode,
            RequestSigning = Made(RequestSigningFactory.TryCreate(options, out fault), fault),
            ClientCertificate = certificate,
            DPoP = Made(DPoPFactory.TryCreate(options, time, out fault), fault),
            IdTokenDecryption = Made(IdTokenDecryptionFactory.TryCreate(options, out fault), fault),
            Scope = [.. options.Scope],
            IdTokenSigningAlgorithms = [.. options.IdTokenSigningAlgorithms],
            ClockSkew = options.ClockSkew,
            RequestTimeout = options.BackchannelTimeout,
        };
        var backchannel = new HttpMessageInvoker(options.BackchannelHttpHandler ?? CreateHandler(scheme, options, certificate, time, logger), disposeHandler: false);
        var metadata = MetadataSettings(options, settings);
        var client = new CibaClient(settings, new ProviderMetadataSource(metadata, backchannel, time), backchannel, time);
        return new CibaMethod(scheme, options, client, [], metadata.ExpectedIssuer ?? IssuerIn(options.ProviderMetadata))
        {
            Keys = Made(PublishedKeys.TryCreate(options, certificate, out fault), fault),
            Certificate = certificate,
        };
    }

    // The rules have read the same files a moment ago. A part that fails now is not left out: it may be what makes a request safe.
    private static T? Made<T>(T? part, string? fault) => fault is null ? part : throw new InvalidOperationException(fault);

    private static HttpMessageHandler CreateHandler(string scheme, CibaOptions options, ClientCertificateFile? certificate, TimeProvider time, ILogger logger) =>
        BackchannelTransport.CreateHandler(new BackchannelTransportSettings
        {
            ClientCertificate = certificate,
            TrustFile = options.BackchannelTrust,
            RevocationMode = options.BackchannelRevocation,
            OnFault = fault => logger.MethodFault($"Method {scheme}: BackchannelTrust: {fault}"),
            Time = time,
        });

    private static ProviderMetadataSettings MetadataSettings(CibaOptions options, CibaClientSettings client)
    {
        const string WellKnown = "/.well-known/openid-configuration";
        var address = options.ProviderMetadata is not null ? null : options.MetadataAddress ?? options.Authority!.TrimEnd('/') + WellKnown;
        return new ProviderMetadataSettings
        {
            // OpenID Connect Discovery §4.3: the issuer is what the address begins with.
            ExpectedIssuer = options.Authority
                ?? (address?.EndsWith(WellKnown, StringComparison.Ordinal) == true ? address[..^WellKnown.Length] : null),
            MetadataAddress = address is null ? null : new Uri(address),
            MetadataFile = options.ProviderMetadata,
            KeysFile = options.ProviderJwks,
            BackchannelAuthenticationEndpoint = Address(options.Endpoints.BackchannelAuthentication),
            TokenEndpoint = Address(options.Endpoints.Token),
            NeedsUserInfo = options.GetClaimsFromUserInfoEndpoint,
            Client = client,
        };
    }

    // What is wrong with the document, whoever reads it whole tells.
    private static string? IssuerIn(string? document)
    {
        try
        {
            return document is null ? null : JsonNode.Parse(File.ReadAllText(document))?["issuer"]?.GetValue<string>();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Uri? Address(string? value) => value is null ? null : new Uri(value);
}
