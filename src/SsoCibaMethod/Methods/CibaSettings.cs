using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Methods;

/// <summary>Every setting of a method, the one list that settings files are read by, the JSON schema and the documentation are checked against.</summary>
internal static class CibaSettings
{
    public static readonly IReadOnlyList<CibaSetting> All =
    [
        CibaSetting.Flag("Enabled", (o, v) => o.Enabled = v),
        CibaSetting.Text("DisplayName", (o, v) => o.DisplayName = v),
        CibaSetting.Text("Profile", (o, v) => o.Profile = v),
        CibaSetting.Text("Authority", (o, v) => o.Authority = v),
        CibaSetting.Text("MetadataAddress", (o, v) => o.MetadataAddress = v),
        CibaSetting.File("ProviderMetadata", (o, v) => o.ProviderMetadata = v),
        CibaSetting.File("ProviderJwks", (o, v) => o.ProviderJwks = v),
        CibaSetting.Text("Endpoints:BackchannelAuthentication", (o, v) => o.Endpoints.BackchannelAuthentication = v),
        CibaSetting.Text("Endpoints:Token", (o, v) => o.Endpoints.Token = v),
        CibaSetting.Text("ClientId", (o, v) => o.ClientId = v),
        CibaSetting.Text("ClientSecret", (o, v) => o.ClientSecret = v),
        CibaSetting.File("ClientSecretFile", (o, v) => o.ClientSecretFile = v),
        CibaSetting.Text("ClientAuthentication:Method", (o, v) => o.ClientAuthentication.Method = v),
        CibaSetting.File("ClientAuthentication:Key", (o, v) => o.ClientAuthentication.Key = v),
        CibaSetting.Text("ClientAuthentication:KeyPassword", (o, v) => o.ClientAuthentication.KeyPassword = v),
        CibaSetting.Text("ClientAuthentication:KeyId", (o, v) => o.ClientAuthentication.KeyId = v),
        CibaSetting.Text("ClientAuthentication:Algorithm", (o, v) => o.ClientAuthentication.Algorithm = v),
        CibaSetting.Map("ClientAuthentication:FurtherKeys", (o, id, file) => o.ClientAuthentication.FurtherKeys[id] = file, CibaSettingKind.FileMap),
        CibaSetting.File("ClientAuthentication:Certificate", (o, v) => o.ClientAuthentication.Certificate = v),
        CibaSetting.Text("ClientAuthentication:CertificatePassword", (o, v) => o.ClientAuthentication.CertificatePassword = v),
        CibaSetting.File("ClientAuthentication:CertificateKey", (o, v) => o.ClientAuthentication.CertificateKey = v),
        CibaSetting.Choice(
            "ClientAuthentication:Audience",
            (o, v) => o.ClientAuthentication.Audience = v,
            ("issuer", ClientAssertionAudience.Issuer),
            ("token_endpoint", ClientAssertionAudience.TokenEndpoint),
            ("endpoint", ClientAssertionAudience.Endpoint)),
        CibaSetting.Choice(
            "ClientAuthentication:AssertionType",
            (o, v) => o.ClientAuthentication.AssertionType = v,
            (ClientAssertionForm.ExplicitType, ClientAssertionForm.ExplicitType),
            ("JWT", "JWT")),
        CibaSetting.Text("RequestSigning:Algorithm", (o, v) => o.RequestSigning.Algorithm = v),
        CibaSetting.File("RequestSigning:Key", (o, v) => o.RequestSigning.Key = v),
        CibaSetting.Text("RequestSigning:KeyPassword", (o, v) => o.RequestSigning.KeyPassword = v),
        CibaSetting.Text("RequestSigning:KeyId", (o, v) => o.RequestSigning.KeyId = v),
        CibaSetting.Flag("DPoP", (o, v) => o.DPoP.Enabled = v),
        CibaSetting.File("DPoP:Key", (o, v) => o.DPoP.Key = v),
        CibaSetting.Text("DPoP:KeyPassword", (o, v) => o.DPoP.KeyPassword = v),
        CibaSetting.Text("DPoP:Algorithm", (o, v) => o.DPoP.Algorithm = v),
        CibaSetting.File("BackchannelTrust", (o, v) => o.BackchannelTrust = v),
        CibaSetting.Choice<X509RevocationMode?>(
            "BackchannelRevocation",
            (o, v) => o.BackchannelRevocation = v,
            ("default", null),
            ("online", X509RevocationMode.Online),
            ("offline", X509RevocationMode.Offline)),
        CibaSetting.File("ClientMetadata", (o, v) => o.ClientMetadata = v),
        CibaSetting.List("Scope", (o, v) => o.Scope = v),
        CibaSetting.Choice(
            "TokenDeliveryMode",
            (o, v) => o.TokenDeliveryMode = v,
            ("poll", TokenDeliveryMode.Poll),
            ("ping", TokenDeliveryMode.Ping),
            ("push", TokenDeliveryMode.Push)),
        CibaSetting.Choice("LoginHint:Source", (o, v) => o.LoginHint.Source = v, ("typed", CibaLoginHintSource.Typed), ("claim", CibaLoginHintSource.Claim)),
        CibaSetting.Text("LoginHint:Scheme", (o, v) => o.LoginHint.Scheme = v),
        CibaSetting.Text("LoginHint:Claim", (o, v) => o.LoginHint.Claim = v),
        CibaSetting.Text("LoginHint:SubjectClaim", (o, v) => o.LoginHint.SubjectClaim = v),
        CibaSetting.Choice(
            "LoginHint:Format",
            (o, v) => o.LoginHint.Format = v,
            ("plain", CibaLoginHintFormat.Plain),
            ("iss_sub", CibaLoginHintFormat.IssuerAndSubject)),
        CibaSetting.Choice(
            "LoginHint:InputMode",
            (o, v) => o.LoginHint.InputMode = v,
            ("text", CibaLoginHintInputMode.Text),
            ("tel", CibaLoginHintInputMode.Tel),
            ("email", CibaLoginHintInputMode.Email),
            ("numeric", CibaLoginHintInputMode.Numeric)),
        CibaSetting.Flag("LoginHint:Remember", (o, v) => o.LoginHint.Remember = v),
        CibaSetting.Flag("UniformOutcome", (o, v) => o.UniformOutcome = v),
        CibaSetting.Flag("UserCode", (o, v) => o.UserCode = v),
        CibaSetting.Map("ErrorTexts", (o, code, text) => o.ErrorTexts[code] = text),
        CibaSetting.Json<JsonObject>("RequestParameters", "object", (o, v) => o.RequestParameters = v),
        CibaSetting.List("Resources", (o, v) => o.Resources = v),
        CibaSetting.Json<JsonArray>("AuthorizationDetails", "array", (o, v) => o.AuthorizationDetails = v),
        CibaSetting.List("IdTokenSigningAlgorithms", (o, v) => o.IdTokenSigningAlgorithms = v),
        CibaSetting.File("IdTokenDecryption:Key", (o, v) => o.IdTokenDecryption.Key = v),
        CibaSetting.Text("IdTokenDecryption:KeyPassword", (o, v) => o.IdTokenDecryption.KeyPassword = v),
        CibaSetting.Text("IdTokenDecryption:KeyId", (o, v) => o.IdTokenDecryption.KeyId = v),
        CibaSetting.Map("IdTokenDecryption:FurtherKeys", (o, id, file) => o.IdTokenDecryption.FurtherKeys[id] = file, CibaSettingKind.FileMap),
        CibaSetting.List("IdTokenDecryption:Algorithms", (o, v) => o.IdTokenDecryption.Algorithms = v),
        CibaSetting.List("IdTokenDecryption:ContentEncryption", (o, v) => o.IdTokenDecryption.ContentEncryption = v),
        CibaSetting.Flag("GetClaimsFromUserInfoEndpoint", (o, v) => o.GetClaimsFromUserInfoEndpoint = v),
        CibaSetting.Duration("RequestedExpiry", (o, v) => o.RequestedExpiry = v),
        CibaSetting.List("AcrValues", (o, v) => o.AcrValues = v),
        CibaSetting.List("AcceptedAcrValues", (o, v) => o.AcceptedAcrValues = v),
        CibaSetting.Duration("ClockSkew", (o, v) => o.ClockSkew = v),
        CibaSetting.Duration("MaximumLifetime", (o, v) => o.MaximumLifetime = v),
        CibaSetting.Duration("Polling:Interval", (o, v) => o.Polling.Interval = v),
        CibaSetting.Duration("Polling:IntervalIncrease", (o, v) => o.Polling.IntervalIncrease = v),
        CibaSetting.Flag("BindingMessage:Enabled", (o, v) => o.BindingMessage.Enabled = v),
        CibaSetting.Flag("BindingMessage:CodeOnly", (o, v) => o.BindingMessage.CodeOnly = v),
        CibaSetting.Number("BindingMessage:Length", (o, v) => o.BindingMessage.Length = v),
        CibaSetting.Text("BindingMessage:Alphabet", (o, v) => o.BindingMessage.Alphabet = v),
        CibaSetting.Duration("BindingMessage:Delay", (o, v) => o.BindingMessage.Delay = v),
        CibaSetting.Flag("StartLimits:Enabled", (o, v) => o.StartLimits.Enabled = v),
        CibaSetting.Number("StartLimits:PerHint", (o, v) => o.StartLimits.PerHint = v),
        CibaSetting.Number("StartLimits:PerAddress", (o, v) => o.StartLimits.PerAddress = v),
        CibaSetting.Number("StartLimits:PerBrowser", (o, v) => o.StartLimits.PerBrowser = v),
        CibaSetting.Duration("StartLimits:Window", (o, v) => o.StartLimits.Window = v),
        CibaSetting.Duration("StartLimits:Cooldown", (o, v) => o.StartLimits.Cooldown = v),
        CibaSetting.Number("StartLimits:UserCodes", (o, v) => o.StartLimits.UserCodes = v),
        CibaSetting.Number("SecurityEvents:DeclinesPerHint", (o, v) => o.SecurityEvents.DeclinesPerHint = v),
        CibaSetting.Number("SecurityEvents:DeclinesPerMethod", (o, v) => o.SecurityEvents.DeclinesPerMethod = v),
        CibaSetting.Number("SecurityEvents:UnknownUsersPerMethod", (o, v) => o.SecurityEvents.UnknownUsersPerMethod = v),
        CibaSetting.Duration("SecurityEvents:Window", (o, v) => o.SecurityEvents.Window = v),
        CibaSetting.Text("Page:Name", (o, v) => o.Page.Name = v),
        CibaSetting.File("Page:Logo", (o, v) => o.Page.Logo = v),
        CibaSetting.Text("Page:Accent", (o, v) => o.Page.Accent = v),
        CibaSetting.Text("Page:AccentDark", (o, v) => o.Page.AccentDark = v),
        CibaSetting.Text("Page:PhoneApp", (o, v) => o.Page.PhoneApp = v),
        CibaSetting.Text("Page:Help", (o, v) => o.Page.Help = v),
        CibaSetting.Text("Page:Privacy", (o, v) => o.Page.Privacy = v),
        CibaSetting.Text("Page:Accessibility", (o, v) => o.Page.Accessibility = v),
        CibaSetting.Map("Page:OtherWays", (o, text, way) => o.Page.OtherWays[text] = way),
        CibaSetting.List("Page:Languages", (o, v) => o.Page.Languages = v),
        CibaSetting.Text("CallbackPath", (o, v) => o.CallbackPath = v),
        CibaSetting.Text("SignInScheme", (o, v) => o.SignInScheme = v),
        CibaSetting.Flag("SaveTokens", (o, v) => o.SaveTokens = v),
    ];

    /// <summary>Whether a key of configuration holds the path of a file.</summary>
    public static bool IsFile(string key) => All.Any(setting => setting.Kind switch
    {
        CibaSettingKind.File => key.EndsWith(":" + setting.Name, StringComparison.OrdinalIgnoreCase),
        CibaSettingKind.FileMap => ConfigurationPath.GetParentPath(key)?.EndsWith(":" + setting.Name, StringComparison.OrdinalIgnoreCase) == true,
        _ => false,
    });

    public static CibaSetting? Find(string name) =>
        All.FirstOrDefault(setting => string.Equals(setting.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The known name that looks most like an unknown one.</summary>
    public static string Nearest(string name) => Nearest(name, All.Select(setting => setting.Name));

    public static string Nearest(string name, IEnumerable<string> known) => known.MinBy(candidate => Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant()))!;

    // Levenshtein's distance: how many letters to add, drop or change.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
