using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.JsonWebTokens;
using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Testing.Fuzzing;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests.Fuzzing;

/// <summary>Tokens an OP gave and signed, however odd: what the client finds valid can be stored, made a ticket of and kept in a cookie. Accepted: it is a sign-in.</summary>
internal sealed class TicketFuzz() : FuzzKind<TicketFuzz.Answer, TicketFuzz.Result?>("tickets", 15)
{
    private const string AccessToken = "the-access-token";

    private static readonly AuthenticationScheme Scheme = new("Ciba", null, typeof(CibaHandler));
    private static readonly DateTimeOffset Now = new ManualTimeProvider().GetUtcNow();

    private static readonly string Claims = new JsonObject
    {
        ["iss"] = ScriptedOp.Issuer,
        ["sub"] = "user-1",
        ["aud"] = new JsonArray("app"),
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.AddMinutes(5).ToUnixTimeSeconds(),
        ["auth_time"] = Now.ToUnixTimeSeconds(),
        ["jti"] = "j",
        ["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(AccessToken)).AsSpan(0, 16)),
        ["urn:openid:params:jwt:claim:auth_req_id"] = "id-1",
        ["amr"] = new JsonArray("otp", 1, null, new JsonArray(), new JsonObject()),
        ["name"] = "John Döe",
        ["address"] = new JsonObject { ["country"] = "FI" },
        ["verified"] = true,
        ["level"] = 1.5,
        ["nothing"] = null,
    }.ToJsonString();

    private const string UserInfo = """{"sub":"user-1","nickname":"J\u00e9","roles":["a",1],"address":{"country":"FI"},"jti":7,"updated_at":1.5e9}""";

    private const string Details = """[{"type":"payment","amount":12.50,"to":"\u00e9"}]""";

    private readonly ScriptedOp _op = new();
    private readonly PendingLoginProtector _protector = new(new EphemeralDataProtectionProvider());
    private readonly CibaOptions _options = CreateOptions();
    private HttpMessageInvoker? _invoker;
    private CibaClient? _client;

    // It is written and read again twice, once of them protected.
    protected override long BytesEach => 60;

    protected override async Task PrepareAsync()
    {
        _op.Metadata["id_token_signing_alg_values_supported"] = new JsonArray("HS256");
        var settings = new CibaClientSettings
        {
            ClientId = "app",
            Authentication = new ClientSecretPost(CibaTestHost.Secret),
            IdTokenSigningAlgorithms = ["HS256"],
            TokenDeliveryMode = TokenDeliveryMode.Push,
        };
        var clock = new ManualTimeProvider();
        _invoker = new HttpMessageInvoker(_op);
        var source = new ProviderMetadataSource(new ProviderMetadataSettings { Client = settings, MetadataAddress = new Uri($"{ScriptedOp.Issuer}/.well-known/openid-configuration") }, _invoker, clock);
        Assert.IsType<ProviderMetadataResult.Usable>(await source.GetAsync());
        _client = new CibaClient(settings, source, _invoker, clock);
    }

    protected override ValueTask CloseAsync()
    {
        _invoker?.Dispose();
        _op.Dispose();
        return base.CloseAsync();
    }

    protected override Answer Make(FuzzRandom random)
    {
        var claims = Encoding.UTF8.GetBytes(Claims);
        var details = Encoding.UTF8.GetBytes(Details);
        if (random.OneIn(4))
        {
            details = Mutation.Of(random, Details);
        }
        else
        {
            claims = random.OneIn(4) ? Mutation.Of(random, Claims) : JsonMutation.Of(random, claims);
        }

        var header = random.OneIn(8) ? JsonMutation.Of(random, """{"alg":"HS256","typ":"JWT","kid":"x","x5t":"y"}"""u8.ToArray()) : """{"alg":"HS256"}"""u8.ToArray();
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        var token = $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(CibaTestHost.Secret), Encoding.ASCII.GetBytes(signed)))}";
        return new Answer(random.OneIn(3) ? Mutation.Of(random, UserInfo) : null, [
            .. Encoding.UTF8.GetBytes($$"""{"auth_req_id":"id-1","access_token":"{{AccessToken}}","token_type":"Bearer","id_token":"{{token}}","authorization_details":"""), .. details, (byte)'}']);
    }

    protected override async ValueTask<Result?> TakeAsync(Answer answer)
    {
        if (CibaNotification.Read(answer.Body, TokenDeliveryMode.Push) is not CibaNotification.Tokens { TokenSet: var tokens }
            || await _client!.ValidateAsync(tokens, new IdTokenExpectation { RequestedAt = Now, AuthReqId = "id-1", IsPushed = true }) is not IdTokenResult.Valid valid)
        {
            return null;
        }

        _op.OnUserInfo = _ => new HttpResponseMessage { Content = new ByteArrayContent(answer.UserInfo ?? []) { Headers = { ContentType = new("application/json") } } };
        var claims = answer.UserInfo is null ? null : (await _client.GetUserInfoAsync(tokens, valid.Subject) as UserInfoResponse.Received)?.Claims;

        // The way of an approved login: into the store and out again, into a ticket, into a cookie and out again.
        var stored = _protector.Unprotect(_protector.Protect(Login(new ApprovedAnswer(tokens, valid.SignedToken, claims))))!.Details.Answer!;
        var properties = new AuthenticationProperties();
        CibaTicketFactory.SaveTokens(stored, Now, properties);
        var principal = CibaTicketFactory.CreatePrincipal(stored, Scheme, _options);
        var ticket = TicketSerializer.Default.Deserialize(TicketSerializer.Default.Serialize(new AuthenticationTicket(principal, properties, Scheme.Name)))!;
        return new Result(tokens, valid, stored, CibaTicketFactory.CreatePrincipal(stored, Scheme, Plain), ticket);
    }

    protected override FuzzVerdict Judge(Answer answer, Result? result)
    {
        if (result is null)
        {
            return default;
        }

        var (tokens, valid, stored, principal, ticket) = result;
        return new(IsAccepted: true,
            stored.IdToken != tokens.IdToken || stored.Tokens.AuthorizationDetails?.ToJsonString() != tokens.AuthorizationDetails?.ToJsonString() ? "stored otherwise than given"
            : principal.FindFirstValue("sub") != valid.Subject || ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier) != valid.Subject ? "a ticket for somebody else"
            : stored.UserInfo is null ? ComplaintOfClaims(stored.IdToken, principal) : null);
    }

    protected override int Size(Answer answer) => answer.Body.Length + (answer.UserInfo?.Length ?? 0);

    protected override string Describe(Answer answer) => $"{FuzzText.Of(answer.Body)} {(answer.UserInfo is { } claims ? FuzzText.Of(claims) : "")}";

    private static CibaOptions Plain
    {
        get
        {
            var options = new CibaOptions();
            options.ClaimActions.Clear();
            return options;
        }
    }

    private static CibaOptions CreateOptions()
    {
        var options = new CibaOptions { MapInboundClaims = true };
        options.ClaimActions.MapJsonKey("n", "name");
        options.ClaimActions.MapJsonSubKey("c", "address", "country");
        return options;
    }

    // What hosts know from every other handler: the claims as the library makes them, wherever it can.
    private static string? ComplaintOfClaims(string idToken, ClaimsPrincipal principal)
    {
        try
        {
            var expected = Texts(new JsonWebToken(idToken).Claims.OrderByDescending(claim => claim.Type == "sub"));
            var found = Texts(principal.Claims);
            return expected.SequenceEqual(found, StringComparer.Ordinal) ? null : $"other claims than the library's: {string.Join(' ', found.Except(expected))} instead of {string.Join(' ', expected.Except(found))}";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    // The same thing said twice may be kept once.
    private static List<string> Texts(IEnumerable<Claim> claims) =>
        [.. claims.DistinctBy(claim => (claim.Type, claim.Value)).Select(claim => $"{claim.Type}={claim.Value} {claim.ValueType} {claim.Issuer}")];

    private static PendingLogin Login(ApprovedAnswer answer) => new()
    {
        Id = "login",
        Method = "Ciba",
        Version = 1,
        State = PendingLoginState.Approved,
        Owner = null,
        Deadline = Now,
        Details = new PendingLoginDetails { Reference = "ref", LoginHint = "alice", BindingCode = "1", Properties = [], Answer = answer },
    };

    internal sealed record Answer(byte[]? UserInfo, byte[] Body);

    internal sealed record Result(TokenSet Tokens, IdTokenResult.Valid Valid, ApprovedAnswer Stored, ClaimsPrincipal Principal, AuthenticationTicket Ticket);
}
