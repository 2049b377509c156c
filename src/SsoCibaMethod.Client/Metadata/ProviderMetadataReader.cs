using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Client;

/// <summary>Reads a discovery document and a key set, and holds them against the client's settings. Reports every fault at once.</summary>
internal sealed class ProviderMetadataReader(ProviderMetadataSettings settings)
{
    private const string BackchannelAuthentication = "backchannel_authentication_endpoint";
    private const string Token = "token_endpoint";
    private const string UserInfo = "userinfo_endpoint";

    private const int LeastRsaBits = 2048;

    // Ten times the largest in the field. The library tells of one that it cannot read by an exception, for which it copies the document some sixty times.
    private const int LargestDocument = 256 * 1024;

    private readonly List<string> _faults = [];

    /// <summary>How many of the faults, the first ones, are of the document itself; the others are of what it offers.</summary>
    public int FaultsOfDocument { get; private set; }

    public static OpenIdConnectConfiguration? Parse(byte[] document)
    {
        if (document.Length > LargestDocument)
        {
            return null;
        }

        try
        {
            return OpenIdConnectConfiguration.Create(Encoding.UTF8.GetString(document));
        }
        catch (Exception exception) when (exception is ArgumentException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    public static IReadOnlyList<SecurityKey>? ParseKeys(byte[] keySet)
    {
        try
        {
            // A key of a kind unknown here is left out, not a fault: the OP may have it for somebody else (RFC 7517 §5).
            return [.. JsonWebKeySet.Create(Encoding.UTF8.GetString(keySet)).Keys.Where(IsForSignatures).Select(Convert).OfType<SecurityKey>().Where(IsStrong)];
        }
        catch (Exception exception) when (exception is ArgumentException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    public ProviderMetadataResult Check(OpenIdConnectConfiguration document, IReadOnlyList<SecurityKey> keys)
    {
        CheckIssuer(document.Issuer);
        var backchannel = Endpoint(document, BackchannelAuthentication, "Endpoints:BackchannelAuthentication", settings.BackchannelAuthenticationEndpoint, document.BackchannelAuthenticationEndpoint);
        var token = Endpoint(document, Token, "Endpoints:Token", settings.TokenEndpoint, document.TokenEndpoint);
        var userInfo = Address(Alias(document, UserInfo) ?? document.UserInfoEndpoint);
        if (settings.NeedsUserInfo && userInfo is null)
        {
            _faults.Add($"The metadata names no {UserInfo} at an https address; switch the setting GetClaimsFromUserInfoEndpoint off or change the OP.");
        }

        FaultsOfDocument = _faults.Count;
        CheckDelivery(document);
        CheckOffer("token_endpoint_auth_methods_supported", document.TokenEndpointAuthMethodsSupported, settings.Client.Authentication.Method, "ClientAuthentication:Method");
        if (settings.Client.Authentication.SigningAlgorithm is { } algorithm)
        {
            CheckOffer("token_endpoint_auth_signing_alg_values_supported", document.TokenEndpointAuthSigningAlgValuesSupported, algorithm, "ClientAuthentication:Algorithm");
        }

        CheckRequestSigning(document.BackchannelAuthenticationRequestSigningAlgValuesSupported);
        if (settings.Client.DPoP is { } key)
        {
            CheckOffer("dpop_signing_alg_values_supported", document.DPoPSigningAlgValuesSupported, key.Algorithm, "DPoP");
        }

        CheckIdTokenAlgorithms(document.IdTokenSigningAlgValuesSupported);
        if (settings.Client.IdTokenDecryption is { } decryption)
        {
            CheckEncryption("id_token_encryption_alg_values_supported", document.IdTokenEncryptionAlgValuesSupported, decryption.Algorithms, "IdTokenDecryption:Algorithms");
            CheckEncryption("id_token_encryption_enc_values_supported", document.IdTokenEncryptionEncValuesSupported, decryption.ContentEncryption, "IdTokenDecryption:ContentEncryption");
        }

        if (_faults.Count > 0)
        {
            return new ProviderMetadataResult.Mismatch(_faults);
        }

        return new ProviderMetadataResult.Usable(new ProviderMetadata
        {
            Issuer = document.Issuer,
            BackchannelAuthenticationEndpoint = backchannel!,
            TokenEndpoint = token!,
            UserInfoEndpoint = userInfo,
            NamedBackchannelAuthenticationEndpoint = settings.BackchannelAuthenticationEndpoint ?? Address(document.BackchannelAuthenticationEndpoint),
            NamedTokenEndpoint = settings.TokenEndpoint ?? Address(document.TokenEndpoint),
            UserCodeSupported = document.BackchannelUserCodeParameterSupported,
            IdTokenSigningAlgorithms = [.. document.IdTokenSigningAlgValuesSupported],
            SigningKeys = keys,
        });
    }

    private static bool IsForSignatures(JsonWebKey key) => key.Use is null or "" or "sig";

    private static SecurityKey? Convert(JsonWebKey key)
    {
        // The library would take a certificate beside the key in place of the key.
        key.X5c.Clear();
        if (!JsonWebKeyConverter.TryConvertToSecurityKey(key, out var converted) || converted is SymmetricSecurityKey)
        {
            return null;
        }

        converted.KeyId = key.Kid;
        return converted;
    }

    // FAPI: RSA keys of at least 2048 bits. A shorter one verifies nothing.
    private static bool IsStrong(SecurityKey key) => key is not RsaSecurityKey and not X509SecurityKey || key.KeySize >= LeastRsaBits;

    private void CheckIssuer(string? issuer)
    {
        if (string.IsNullOrEmpty(issuer))
        {
            _faults.Add("The metadata has no issuer.");
        }
        else if (settings.ExpectedIssuer is { } expected && !string.Equals(issuer.TrimEnd('/'), expected.TrimEnd('/'), StringComparison.Ordinal))
        {
            // OpenID Connect Discovery §4.3; the audience of our assertions hangs on it (CVE-2025-27370).
            _faults.Add($"The metadata names the issuer {issuer}, but {expected} is configured.");
        }
    }

    private Uri? Endpoint(OpenIdConnectConfiguration document, string name, string setting, Uri? configured, string? offered)
    {
        if (configured is not null)
        {
            return EndpointAddress.IsAllowed(configured) ? configured : Fault($"The setting {setting} is not an https address.");
        }

        if (Alias(document, name) is { } alias)
        {
            return Address(alias) ?? Fault($"The metadata's {MutualTlsAliases.Member}, {name}, is not an https address.");
        }

        return string.IsNullOrEmpty(offered)
            ? Fault($"The metadata has no {name}.")
            : Address(offered) ?? Fault($"The metadata's {name} is not an https address.");
    }

    private Uri? Fault(string fault)
    {
        _faults.Add(fault);
        return null;
    }

    // A client that shows a certificate must call the alias where there is one (RFC 8705 §5).
    private string? Alias(OpenIdConnectConfiguration document, string endpoint) =>
        settings.Client.UsesMutualTls ? MutualTlsAliases.Find(document, endpoint) : null;

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && EndpointAddress.IsAllowed(address) ? address : null;

    // An absent list says nothing; a list without the value says no.
    private void CheckOffer(string member, ICollection<string> offered, string needed, string setting)
    {
        if (offered.Count > 0 && !offered.Contains(needed, StringComparer.Ordinal))
        {
            _faults.Add($"The OP does not offer {needed} ({member}: {string.Join(", ", offered)}); change the setting {setting} or the OP.");
        }
    }

    private void CheckDelivery(OpenIdConnectConfiguration document)
    {
        var mode = settings.Client.TokenDeliveryMode switch
        {
            TokenDeliveryMode.Ping => "ping",
            TokenDeliveryMode.Push => "push",
            _ => "poll",
        };
        CheckOffer("backchannel_token_delivery_modes_supported", document.BackchannelTokenDeliveryModesSupported, mode, "TokenDeliveryMode");
        if (mode != "push")
        {
            // Pushed tokens need no grant (CIBA Core §4).
            CheckOffer("grant_types_supported", document.GrantTypesSupported, CibaClient.GrantType, "TokenDeliveryMode");
        }
    }

    // Here an absent list says no (CIBA Core §4).
    private void CheckRequestSigning(ICollection<string> offered)
    {
        const string Member = "backchannel_authentication_request_signing_alg_values_supported";
        if (settings.Client.RequestSigning is not { Key.Algorithm: var algorithm })
        {
            return;
        }

        if (offered.Count == 0)
        {
            _faults.Add($"The OP does not offer signed authentication requests (no {Member}); remove the setting RequestSigning or change the OP.");
        }

        CheckOffer(Member, offered, algorithm, "RequestSigning:Algorithm");
    }

    private void CheckIdTokenAlgorithms(ICollection<string> offered)
    {
        if (offered.Count > 0 && !offered.Intersect(settings.Client.IdTokenSigningAlgorithms, StringComparer.Ordinal).Any())
        {
            _faults.Add(
                $"The OP signs ID tokens with none of {string.Join(", ", settings.Client.IdTokenSigningAlgorithms)} "
                + $"(id_token_signing_alg_values_supported: {string.Join(", ", offered)}); change the setting IdTokenSigningAlgorithms.");
        }
    }

    private void CheckEncryption(string member, ICollection<string> offered, IReadOnlyList<string> agreed, string setting)
    {
        if (offered.Count > 0 && !offered.Intersect(agreed, StringComparer.Ordinal).Any())
        {
            _faults.Add($"The OP encrypts ID tokens with none of {string.Join(", ", agreed)} ({member}: {string.Join(", ", offered)}); change the setting {setting}.");
        }
    }
}
