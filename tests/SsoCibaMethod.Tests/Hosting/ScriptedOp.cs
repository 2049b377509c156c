using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Tests.Hosting;

/// <summary>An OP that does what the test says, in the place of the wire: documents, keys, acknowledgements, polls and tokens.</summary>
internal sealed class ScriptedOp : HttpMessageHandler
{
    public const string Issuer = "https://op.example";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<ScriptedRequest> _requests = [];

    public ScriptedOp()
    {
        Metadata = new JsonObject
        {
            ["issuer"] = Issuer,
            ["backchannel_authentication_endpoint"] = Issuer + "/bc",
            ["token_endpoint"] = Issuer + "/token",
            ["userinfo_endpoint"] = Issuer + "/userinfo",
            ["jwks_uri"] = Issuer + "/jwks",
            ["backchannel_token_delivery_modes_supported"] = new JsonArray("poll", "ping", "push"),
            ["backchannel_authentication_request_signing_alg_values_supported"] = new JsonArray("ES256", "PS256"),
            ["grant_types_supported"] = new JsonArray("urn:openid:params:grant-type:ciba"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
        };
        OnStart = _ => Acknowledge("id-1");
        OnPoll = _ => Error("authorization_pending");
        OnUserInfo = _ => Json(new JsonObject { ["sub"] = "user-1" });
    }

    public JsonObject Metadata { get; }

    /// <summary>The clock of the host, for what its tokens say of time.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public Func<ScriptedRequest, HttpResponseMessage> OnStart { get; set; }

    public Func<ScriptedRequest, HttpResponseMessage> OnPoll { get; set; }

    public Func<ScriptedRequest, HttpResponseMessage> OnUserInfo { get; set; }

    /// <summary>The backchannel authentication requests, the oldest first.</summary>
    public IReadOnlyList<ScriptedRequest> Starts => At("/bc");

    public IReadOnlyList<ScriptedRequest> Polls => At("/token");

    public IReadOnlyList<ScriptedRequest> UserInfos => At("/userinfo");

    public static HttpResponseMessage Json(JsonNode body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(string code, string? description = null) =>
        Json(new JsonObject { ["error"] = code, ["error_description"] = description }, 400);

    public static HttpResponseMessage Acknowledge(string authReqId, int expiresIn = 300, int? interval = 5)
    {
        var body = new JsonObject { ["auth_req_id"] = authReqId, ["expires_in"] = expiresIn };
        if (interval is { } seconds)
        {
            body["interval"] = seconds;
        }

        return Json(body);
    }

    /// <summary>A set of tokens, as the token endpoint answers and a push brings it.</summary>
    public JsonObject Tokens(string authReqId, Action<JsonObject>? claims = null, string? refreshToken = null)
    {
        const string AccessToken = "the-access-token";
        var payload = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = "user-1",
            ["aud"] = "app",
            ["iat"] = Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["exp"] = Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
            ["at_hash"] = LeftHalf(AccessToken),
            ["urn:openid:params:jwt:claim:auth_req_id"] = authReqId,
        };
        var tokens = new JsonObject { ["access_token"] = AccessToken, ["token_type"] = "Bearer", ["expires_in"] = 300 };
        if (refreshToken is not null)
        {
            tokens["refresh_token"] = refreshToken;
            payload["urn:openid:params:jwt:claim:rt_hash"] = LeftHalf(refreshToken);
        }

        claims?.Invoke(payload);
        tokens["id_token"] = Sign(payload);
        return tokens;
    }

    public string Sign(JsonObject payload)
    {
        var signed = $"{Encode("""{"alg":"ES256","kid":"op"}""")}.{Encode(payload.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var seen = new ScriptedRequest(request.RequestUri!.AbsolutePath, Clock.GetUtcNow(), Form(body), request.Headers.ToString());
        lock (_requests)
        {
            _requests.Add(seen);
        }

        return seen.Path switch
        {
            "/.well-known/openid-configuration" => Json(Metadata.DeepClone()),
            "/jwks" => Json(new JsonObject { ["keys"] = new JsonArray(PublicKey()) }),
            "/bc" => OnStart(seen),
            "/token" => OnPoll(seen),
            "/userinfo" => OnUserInfo(seen),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }

    private static string LeftHalf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static ILookup<string, string> Form(string body) => body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
        .ToLookup(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[^1]), StringComparer.Ordinal);

    private JsonObject PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = "op",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    private IReadOnlyList<ScriptedRequest> At(string path)
    {
        lock (_requests)
        {
            return [.. _requests.Where(request => request.Path == path)];
        }
    }
}

/// <summary>A request the scripted OP got.</summary>
/// <param name="Path">Where.</param>
/// <param name="At">When.</param>
/// <param name="Form">Its parameters.</param>
/// <param name="Headers">Its headers, as text.</param>
internal sealed record ScriptedRequest(string Path, DateTimeOffset At, ILookup<string, string> Form, string Headers)
{
    /// <summary>A parameter that is there once at most.</summary>
    public string? this[string name] => Form[name].SingleOrDefault();
}
