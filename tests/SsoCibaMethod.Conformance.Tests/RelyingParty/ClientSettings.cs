namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The settings of the client for a variant of the plan, as an administrator writes them.</summary>
internal static class ClientSettings
{
    public static Dictionary<string, string?> Of(OpFacts op, ClientMaterial material)
    {
        var variant = op.Variant;
        var settings = new Dictionary<string, string?>
        {
            ["Authority"] = op.Issuer,
            ["ClientId"] = op.ClientId,
            ["TokenDeliveryMode"] = variant.Mode,
            ["IdTokenSigningAlgorithms:0"] = "PS256",
            ["BackchannelTrust"] = material.TrustFile,
            ["ClientAuthentication:Method"] = variant.IsMtls ? "tls_client_auth" : "private_key_jwt",
            ["ClientAuthentication:Certificate"] = material.CertificateFile,
            ["RequestSigning:Algorithm"] = variant.SigningAlgorithm,
        };
        for (var i = 0; i < op.Scope.Count; i++)
        {
            settings[$"Scope:{i}"] = op.Scope[i];
        }

        if (variant.Profile == Variant.ConnectId)
        {
            settings["RequestParameters:claims:id_token:txn:essential"] = "true";
            settings["RequestParameters:claims:id_token:verified_claims:verification:trust_framework:value"] = ConnectIdRequestCheck.TrustFramework;
        }

        // Signed requests take the key of private_key_jwt unless they have their own.
        var owner = variant.IsMtls ? "RequestSigning" : "ClientAuthentication";
        settings[$"{owner}:Key"] = material.KeyFile(variant.SigningAlgorithm);
        settings[$"{owner}:KeyId"] = ClientMaterial.KeyId;
        settings[$"{owner}:Algorithm"] = variant.SigningAlgorithm;
        return settings;
    }
}
