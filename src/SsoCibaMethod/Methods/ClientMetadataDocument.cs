using System.Text.Json;
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

        if (options.Scope is ["openid"] && Text(document, "scope") is { } scope)
        {
            options.Scope = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

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
        if (name is not null && (options.TokenDeliveryModeSet ??= mode) != mode)
        {
            options.BindingFaults.Add(
                $"ClientMetadata: the client is registered for the delivery mode {name}, but TokenDeliveryMode is {options.TokenDeliveryMode.ToString().ToLowerInvariant()}; the OP delivers only as registered.");
        }
    }

    private static string? Text(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
