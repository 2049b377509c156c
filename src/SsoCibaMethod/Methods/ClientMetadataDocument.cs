using System.Text.Json;
using System.Text.Json.Nodes;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>A client registration document (RFC 7591 §2, CIBA Core §4) fills what the settings leave out; a setting always wins.</summary>
internal static class ClientMetadataDocument
{
    public static void Fill(CibaOptions options)
    {
        if (options.ClientMetadata is not { } path)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            Fill(options, document.RootElement);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            options.BindingFaults.Add($"ClientMetadata: the file {path} cannot be read: {exception.Message}");
        }
        catch (JsonException exception)
        {
            options.BindingFaults.Add($"ClientMetadata: the file {path} is not JSON (line {exception.LineNumber + 1}).");
        }
    }

    private static void Fill(CibaOptions options, JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            options.BindingFaults.Add("ClientMetadata: the document is not a JSON object.");
            return;
        }

        options.ClientId ??= Text(document, "client_id");
        if (options.ClientSecretFile is null)
        {
            options.ClientSecret ??= Text(document, "client_secret");
        }

        options.ClientAuthentication.Method ??= Text(document, "token_endpoint_auth_method");
        options.ClientAuthentication.Algorithm ??= Text(document, "token_endpoint_auth_signing_alg");
        if (options.IdTokenSigningAlgorithms.Count == 0 && Text(document, "id_token_signed_response_alg") is { } algorithm)
        {
            options.IdTokenSigningAlgorithms = [algorithm];
        }

        FillDecryption(options.IdTokenDecryption, document);
        if (options.Scope is ["openid"] && Text(document, "scope") is { } scope)
        {
            options.Scope = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        options.RequestSigning.Algorithm ??= Text(document, "backchannel_authentication_request_signing_alg");
        options.DPoP.EnabledSet ??= Flag(document, "dpop_bound_access_tokens");
        if (Flag(document, "backchannel_user_code_parameter") == false)
        {
            options.UserCodeSet ??= false;
        }

        if (Flag(document, "tls_client_certificate_bound_access_tokens") == true && options.ClientAuthentication.Certificate is null && options.BackchannelHttpHandler is null)
        {
            options.BindingFaults.Add("ClientMetadata: the client is registered for tokens bound to its certificate, but ClientAuthentication:Certificate is missing; give the certificate's file.");
        }

        if (options.GetClaimsFromUserInfoEndpoint && (Text(document, "userinfo_signed_response_alg") ?? Text(document, "userinfo_encrypted_response_alg")) is not null)
        {
            options.BindingFaults.Add(
                "ClientMetadata: the client is registered for userinfo answers that are signed or encrypted, which are not read here; register it without, or switch GetClaimsFromUserInfoEndpoint off.");
        }

        FillRequestParameters(options, document);
        FillDeliveryMode(options, Text(document, "backchannel_token_delivery_mode"));
    }

    private static void FillDeliveryMode(CibaOptions options, string? name)
    {
        TokenDeliveryMode? mode = name switch
        {
            "poll" => TokenDeliveryMode.Poll,
            "ping" => TokenDeliveryMode.Ping,
            "push" => TokenDeliveryMode.Push,
            _ => null,
        };
        if (name is not null && (mode is null || (options.TokenDeliveryModeSet ??= mode) != mode))
        {
            options.BindingFaults.Add(
                $"ClientMetadata: the client is registered for the delivery mode {name}, but TokenDeliveryMode is {options.TokenDeliveryMode.ToString().ToLowerInvariant()}; the OP delivers only as registered.");
        }
    }

    private static void FillDecryption(CibaIdTokenDecryptionOptions settings, JsonElement document)
    {
        if (settings.Algorithms.Count == 0 && Text(document, "id_token_encrypted_response_alg") is { } algorithm)
        {
            settings.Algorithms = [algorithm];

            // OpenID Connect Registration §2: what counts where only the other is registered.
            if (settings.ContentEncryption.Count == 0)
            {
                settings.ContentEncryption = [Text(document, "id_token_encrypted_response_enc") ?? "A128CBC-HS256"];
            }
        }
    }

    // Ubisecure's place for further members of the request; a setting of the same name wins.
    private static void FillRequestParameters(CibaOptions options, JsonElement document)
    {
        if (!document.TryGetProperty("ubisecure_request_parameters", out var parameters))
        {
            return;
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            options.BindingFaults.Add("ClientMetadata: ubisecure_request_parameters is not a JSON object.");
            return;
        }

        var both = JsonObject.Create(parameters)!.DeepClone().AsObject();
        foreach (var (name, value) in options.RequestParameters)
        {
            both[name] = value?.DeepClone();
        }

        options.RequestParameters = both;
    }

    private static bool? Flag(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static string? Text(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
