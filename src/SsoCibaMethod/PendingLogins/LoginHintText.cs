using System.Text.Json.Nodes;

namespace SsoCibaMethod.PendingLogins;

/// <summary>How a hint is written to the OP.</summary>
internal static class LoginHintText
{
    public static string Of(string hint, CibaLoginHintFormat format, string issuer) => format == CibaLoginHintFormat.IssuerAndSubject
        ? new JsonObject { ["format"] = "iss_sub", ["iss"] = issuer, ["sub"] = hint }.ToJsonString()
        : hint;
}
