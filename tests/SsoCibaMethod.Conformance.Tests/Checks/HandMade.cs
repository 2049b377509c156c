using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>
/// A client made by hand whose requests are right in every respect until a test spoils one thing: by it a test knows that the OP finds nothing in what is right,
/// and finds what is wrong.
/// </summary>
internal sealed class HandMade
{
    public const string Issuer = "https://op.example/run/";

    private static readonly RSA Key = RSA.Create(2048);
    private static readonly X509Certificate2 Own = Certificate();
    private static readonly X509Certificate2 Other = Certificate();

    public HandMade(string variant)
    {
        Facts = new OpFacts
        {
            Issuer = Issuer,
            MtlsBase = new Uri("https://mtls.op.example/run/"),
            Variant = Variant.Parse(variant),
            ClientId = "the-client",
            ClientCertificateThumbprint = Own.Thumbprint,
        };
        Op = new ScriptedOp(Facts, new Play(), Clock);
        Op.State.ClientKeys = ClientKeySet.Read(new JsonObject { ["keys"] = new JsonArray(Jwk("k1")) }, Op.Findings);
    }

    public ManualTimeProvider Clock { get; } = new();

    public OpFacts Facts { get; }

    public ScriptedOp Op { get; }

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public string Method { get; set; } = "POST";

    public string Base { get; set; } = "https://mtls.op.example/run/";

    public string Query { get; set; } = "";

    public bool HasCertificate { get; set; } = true;

    public bool HasOtherCertificate { get; set; }

    public string Tls { get; set; } = "Tls13";

    public Dictionary<string, string> Headers { get; } = new() { ["content-type"] = "application/x-www-form-urlencoded" };

    /// <summary>Changes the form before it is sent.</summary>
    public Action<List<(string Name, string Value)>>? Form { get; set; }

    public Action<JsonObject, JsonObject>? Assertion { get; set; }

    public Action<JsonObject, JsonObject>? RequestObject { get; set; }

    public Func<byte[], byte[]> Signer { get; set; } = data => Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    public static JsonObject Jwk(string id, int size = 0)
    {
        using var made = size == 0 ? null : RSA.Create(size);
        var parameters = (made ?? Key).ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "RSA", ["kid"] = id, ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
    }

    public Task<Answer> AuthenticateAsync() => SendAsync("backchannel", ("request", NewRequestObject()));

    public Task<Answer> PollAsync(string authReqId) =>
        SendAsync("token", ("grant_type", "urn:openid:params:grant-type:ciba"), ("auth_req_id", authReqId));

    private async Task<Answer> SendAsync(string endpoint, params (string Name, string Value)[] parameters)
    {
        var form = parameters.ToList();
        form.Add(("client_id", Facts.ClientId));
        if (!Facts.Variant.IsMtls)
        {
            form.Add(("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            form.Add(("client_assertion", NewAssertion()));
        }

        Form?.Invoke(form);
        var body = string.Join('&', form.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        var certificate = HasOtherCertificate ? Other : HasCertificate ? Own : null;
        return await Op.AnswerAsync(new Received(Method, new Uri(Base + endpoint + Query), Headers, body, certificate, Tls));
    }

    private string NewAssertion()
    {
        var header = new JsonObject { ["alg"] = "PS256", ["typ"] = "client-authentication+jwt", ["kid"] = "k1" };
        var claims = new JsonObject
        {
            ["iss"] = Facts.ClientId,
            ["sub"] = Facts.ClientId,
            ["aud"] = Facts.Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = Now,
            ["exp"] = Now + 60,
        };
        Assertion?.Invoke(header, claims);
        return Sign(header, claims);
    }

    private string NewRequestObject()
    {
        var header = new JsonObject { ["alg"] = "PS256", ["typ"] = "oauth-authz-req+jwt", ["kid"] = "k1" };
        var claims = new JsonObject
        {
            ["iss"] = Facts.ClientId,
            ["aud"] = Facts.Issuer,
            ["client_id"] = Facts.ClientId,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = Now,
            ["nbf"] = Now,
            ["exp"] = Now + 300,
            ["scope"] = "openid accounts",
            ["login_hint"] = "alice",
            ["binding_message"] = "BCDF",
        };
        if (Facts.Variant.IsPing)
        {
            claims["client_notification_token"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        }

        RequestObject?.Invoke(header, claims);
        return Sign(header, claims);
    }

    private string Sign(JsonObject header, JsonObject claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Signer(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=c", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(79));
    }
}
